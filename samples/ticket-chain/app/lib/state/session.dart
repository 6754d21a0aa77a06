import 'package:flutter/foundation.dart';

/// Who is signed in.
class Session extends ChangeNotifier {
  String? _token;
  String _displayName = '';
  DateTime _lastActivity = DateTime.now();

  String? get token => _token;
  String get displayName => _displayName;
  bool get signedIn => _token != null;
  DateTime get lastActivity => _lastActivity;

  void signIn(String token) {
    _token = token;
    notifyListeners();
  }

  void rename(String displayName) {
    _displayName = displayName;
    notifyListeners();
  }

  void touch() {
    _lastActivity = DateTime.now();
    notifyListeners();
  }

  void signOut() {
    _token = null;
    _displayName = '';
    notifyListeners();
  }
}
