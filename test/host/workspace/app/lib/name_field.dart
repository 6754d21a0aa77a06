import 'package:flutter/material.dart';

class NameField extends StatefulWidget {
  const NameField({super.key});

  @override
  State<NameField> createState() => _NameFieldState();
}

class _NameFieldState extends State<NameField> {
  final TextEditingController _name = TextEditingController();

  @override
  Widget build(BuildContext context) => TextField(controller: _name);
}
