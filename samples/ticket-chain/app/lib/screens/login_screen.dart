import 'package:flutter/material.dart';
import 'package:provider/provider.dart';

import '../api/api_client.dart';
import '../state/session.dart';
import '../widgets/disposal.dart';

class LoginScreen extends StatefulWidget {
  const LoginScreen({super.key});

  @override
  State<LoginScreen> createState() => _LoginScreenState();
}

class _LoginScreenState extends State<LoginScreen> {
  final TextEditingController _email = TextEditingController();
  final TextEditingController _password = TextEditingController();
  final FocusNode _passwordFocus = FocusNode();
  bool _busy = false;
  String? _error;

  @override
  void dispose() {
    disposeAll([_email, _password]);
    super.dispose();
  }

  Future<void> _enter({bool register = false}) async {
    setState(() => _busy = true);
    final api = context.read<ApiClient>();
    final session = context.read<Session>();
    try {
      if (register) {
        await api.register(_email.text, _email.text.split('@').first, _password.text);
      }
      session.signIn(await api.login(_email.text, _password.text));
      session.rename((await api.me()).displayName);
    } on ApiException catch (error) {
      if (!mounted) return;
      setState(() {
        _busy = false;
        _error = error.statusCode == 401 ? 'Unknown address or wrong password' : '$error';
      });
    }
  }

  @override
  Widget build(BuildContext context) {
    final keyboard = MediaQuery.of(context).viewInsets.bottom;
    return Scaffold(
      appBar: AppBar(title: const Text('Sign in')),
      body: SingleChildScrollView(
        padding: EdgeInsets.fromLTRB(24, 24, 24, 24 + keyboard),
        child: Column(
          children: [
            TextField(
              controller: _email,
              keyboardType: TextInputType.emailAddress,
              decoration: const InputDecoration(labelText: 'Email'),
              onSubmitted: (_) => _passwordFocus.requestFocus(),
            ),
            TextField(
              controller: _password,
              focusNode: _passwordFocus,
              obscureText: true,
              decoration: InputDecoration(labelText: 'Password', errorText: _error),
              onSubmitted: (_) => _enter(),
            ),
            const SizedBox(height: 24),
            FilledButton(onPressed: _busy ? null : _enter, child: const Text('Sign in')),
            TextButton(
              onPressed: _busy ? null : () => _enter(register: true),
              child: const Text('Register'),
            ),
          ],
        ),
      ),
    );
  }
}
