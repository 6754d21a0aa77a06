import 'package:flutter/material.dart';
import 'package:provider/provider.dart';

import '../api/api_client.dart';
import '../api/models.dart';

class StatisticsScreen extends StatefulWidget {
  const StatisticsScreen({super.key});

  @override
  State<StatisticsScreen> createState() => _StatisticsScreenState();
}

class _StatisticsScreenState extends State<StatisticsScreen> {
  final MenuController _menu = MenuController();
  Future<List<LeaderboardRow>>? _cachedLeaderboard;
  bool _leaderboardShown = false;

  Future<List<LeaderboardRow>> _leaderboard() =>
      _cachedLeaderboard ??= context.read<ApiClient>().leaderboard();

  void _toggle() => setState(() => _leaderboardShown = !_leaderboardShown);

  @override
  Widget build(BuildContext context) {
    final wide = MediaQuery.sizeOf(context).width > 600;
    return Scaffold(
      appBar: AppBar(
        title: const Text('Statistics'),
        actions: [
          MenuAnchor(
            controller: _menu,
            menuChildren: [
              MenuItemButton(onPressed: _toggle, child: const Text('Toggle leaderboard')),
            ],
            child: IconButton(icon: const Icon(Icons.more_vert), onPressed: () => _menu.open()),
          ),
        ],
      ),
      body: _leaderboardShown
          ? FutureBuilder<List<LeaderboardRow>>(
              future: _leaderboard(),
              builder: (context, snapshot) => _Leaderboard(rows: snapshot.data ?? const []),
            )
          : FutureBuilder<Statistics>(
              future: context.read<ApiClient>().statistics(),
              builder: (context, snapshot) => switch (snapshot.data) {
                null => const Center(child: CircularProgressIndicator()),
                final statistics? => _Tiles(statistics: statistics, columns: wide ? 3 : 2),
              },
            ),
    );
  }
}

class _Tiles extends StatelessWidget {
  const _Tiles({required this.statistics, required this.columns});

  final Statistics statistics;
  final int columns;

  @override
  Widget build(BuildContext context) {
    return GridView.count(
      crossAxisCount: columns,
      children: [
        _Tile(label: 'Users', value: statistics.users),
        _Tile(label: 'Joined this week', value: statistics.invitationsThisWeek),
        _Tile(label: 'Open tickets', value: statistics.ticketsByStatus['ISSUED'] ?? 0),
      ],
    );
  }
}

class _Tile extends StatelessWidget {
  const _Tile({required this.label, required this.value});

  final String label;
  final int value;

  @override
  Widget build(BuildContext context) {
    return Card(
      child: Column(
        mainAxisAlignment: MainAxisAlignment.center,
        children: [Text('$value', style: Theme.of(context).textTheme.headlineMedium), Text(label)],
      ),
    );
  }
}

class _Leaderboard extends StatelessWidget {
  const _Leaderboard({required this.rows});

  final List<LeaderboardRow> rows;

  @override
  Widget build(BuildContext context) {
    return ListView.builder(
      itemCount: rows.length,
      itemBuilder: (context, index) => ListTile(
        leading: Text('${index + 1}'),
        title: Text(rows[index].displayName),
        trailing: Text('${rows[index].reach}'),
      ),
    );
  }
}
