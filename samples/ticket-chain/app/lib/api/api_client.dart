import 'dart:convert';

import 'package:http/http.dart' as http;

import '../state/session.dart';
import 'models.dart';

/// The backend's answers as plain objects; one keep-alive client for all calls.
class ApiClient {
  ApiClient(this._base, this._session, {http.Client? client}) : _client = client ?? http.Client();

  static const _timeout = Duration(seconds: 10);

  final Uri _base;
  final Session _session;
  final http.Client _client;

  Future<void> register(String email, String displayName, String password) => _post(
        '/api/auth/register',
        {'email': email, 'displayName': displayName, 'password': password},
      );

  Future<String> login(String email, String password) async {
    final answer = await _post('/api/auth/login', {'email': email, 'password': password});
    return answer['token'] as String;
  }

  Future<Profile> me() async => Profile.fromJson(await _getObject('/api/users/me'));

  Future<Ticket> generateTicket() async => Ticket.fromJson(await _post('/api/tickets', const {}));

  Future<List<Ticket>> tickets(String status) async {
    final page = await _getObject('/api/tickets', {'status': status, 'size': '20'});
    return [
      for (final ticket in page['content'] as List<dynamic>)
        Ticket.fromJson(ticket as Map<String, dynamic>),
    ];
  }

  Future<Ticket> redeem(String token, String countryCode, String city) async => Ticket.fromJson(
        await _post('/api/tickets/redeem', {
          'token': token,
          'countryCode': countryCode,
          'city': city,
          'latitude': 0,
          'longitude': 0,
        }),
      );

  Future<ChainNode> chain() async => ChainNode.fromJson(await _getObject('/api/chain'));

  Future<Statistics> statistics() async => Statistics.fromJson(await _getObject('/api/statistics'));

  Future<List<LeaderboardRow>> leaderboard() async => [
        for (final row in await _getList('/api/statistics/leaderboard'))
          LeaderboardRow.fromJson(row as Map<String, dynamic>),
      ];

  Future<Map<String, dynamic>> _getObject(String path, [Map<String, String>? query]) async =>
      await _get(path, query) as Map<String, dynamic>;

  Future<List<dynamic>> _getList(String path) async => await _get(path, null) as List<dynamic>;

  Future<Object?> _get(String path, Map<String, String>? query) async {
    final uri = _base.replace(path: path, queryParameters: query);
    return _decoded(await _client.get(uri, headers: _headers).timeout(_timeout));
  }

  Future<Map<String, dynamic>> _post(String path, Map<String, Object?> body) async {
    final uri = _base.replace(path: path);
    final response =
        await _client.post(uri, headers: _headers, body: jsonEncode(body)).timeout(_timeout);
    return _decoded(response) as Map<String, dynamic>;
  }

  Map<String, String> get _headers => {
        'Content-Type': 'application/json',
        if (_session.token case final token?) 'Authorization': 'Bearer $token',
      };

  Object? _decoded(http.Response response) {
    final body = utf8.decode(response.bodyBytes);
    if (response.statusCode >= 400) {
      throw ApiException(response.statusCode, body);
    }
    return jsonDecode(body);
  }
}

class ApiException implements Exception {
  const ApiException(this.statusCode, this.body);

  final int statusCode;
  final String body;

  @override
  String toString() => 'HTTP $statusCode: $body';
}
