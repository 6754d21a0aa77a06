import 'package:flutter/material.dart';

/// A text field for somebody else's controller: who made it, disposes of it.
class SearchField extends StatefulWidget {
  const SearchField({super.key, required this.controller, required this.onSubmitted});

  final TextEditingController controller;
  final ValueChanged<String> onSubmitted;

  @override
  State<SearchField> createState() => _SearchFieldState();
}

class _SearchFieldState extends State<SearchField> {
  late final TextEditingController _controller = widget.controller;

  @override
  Widget build(BuildContext context) {
    return TextField(
      controller: _controller,
      decoration: const InputDecoration(prefixIcon: Icon(Icons.search)),
      onSubmitted: widget.onSubmitted,
    );
  }
}
