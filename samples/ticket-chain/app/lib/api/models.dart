class Profile {
  const Profile({required this.id, required this.displayName, required this.invited});

  factory Profile.fromJson(Map<String, dynamic> json) => Profile(
        id: json['id'] as int,
        displayName: json['displayName'] as String,
        invited: json['invited'] as int,
      );

  final int id;
  final String displayName;
  final int invited;
}

class Ticket {
  const Ticket({
    required this.id,
    required this.status,
    required this.expiresAt,
    this.token,
    this.redeemedBy,
  });

  factory Ticket.fromJson(Map<String, dynamic> json) => Ticket(
        id: json['id'] as int,
        status: json['status'] as String,
        expiresAt: DateTime.parse(json['expiresAt'] as String),
        token: json['token'] as String?,
        redeemedBy: json['redeemedBy'] as String?,
      );

  final int id;
  final String status;
  final DateTime expiresAt;
  final String? token;
  final String? redeemedBy;
}

class ChainNode {
  const ChainNode({required this.userId, required this.displayName, required this.invited});

  factory ChainNode.fromJson(Map<String, dynamic> json) => ChainNode(
        userId: json['userId'] as int,
        displayName: json['displayName'] as String,
        invited: [
          for (final child in json['invited'] as List<dynamic>)
            ChainNode.fromJson(child as Map<String, dynamic>),
        ],
      );

  final int userId;
  final String displayName;
  final List<ChainNode> invited;

  /// This node and everybody below with their depth, in the order in which a list shows them.
  Iterable<(int, ChainNode)> flattened([int depth = 0]) sync* {
    yield (depth, this);
    for (final child in invited) {
      yield* child.flattened(depth + 1);
    }
  }
}

class Statistics {
  const Statistics({
    required this.users,
    required this.invitationsThisWeek,
    required this.ticketsByStatus,
  });

  factory Statistics.fromJson(Map<String, dynamic> json) => Statistics(
        users: json['users'] as int,
        invitationsThisWeek: json['invitationsThisWeek'] as int,
        ticketsByStatus: {
          for (final row in json['tickets'] as List<dynamic>)
            (row as Map<String, dynamic>)['status'] as String: row['count'] as int,
        },
      );

  final int users;
  final int invitationsThisWeek;
  final Map<String, int> ticketsByStatus;
}

class LeaderboardRow {
  const LeaderboardRow({required this.displayName, required this.reach});

  factory LeaderboardRow.fromJson(Map<String, dynamic> json) => LeaderboardRow(
        displayName: json['displayName'] as String,
        reach: json['reach'] as int,
      );

  final String displayName;
  final int reach;
}

enum UpdateKind { redeemed, expired, endsSoon }

class TicketUpdate {
  const TicketUpdate({required this.kind, required this.ticketId, required this.at});

  factory TicketUpdate.fromJson(Map<String, dynamic> json) => TicketUpdate(
        kind: switch (json['kind']) {
          'REDEEMED' => UpdateKind.redeemed,
          'EXPIRED' => UpdateKind.expired,
          _ => UpdateKind.endsSoon,
        },
        ticketId: json['ticketId'] as int,
        at: DateTime.parse(json['at'] as String),
      );

  final UpdateKind kind;
  final int ticketId;
  final DateTime at;
}
