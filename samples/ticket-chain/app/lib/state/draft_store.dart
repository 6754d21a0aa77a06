import 'dart:async';

import 'package:flutter/foundation.dart';
import 'package:flutter/widgets.dart' show TextEditingController;

/// Keeps what somebody typed until it is sent; says so when it has settled.
class DraftStore extends ChangeNotifier {
  DraftStore() {
    text.addListener(_changed);
  }

  static const _settles = Duration(milliseconds: 300);

  final TextEditingController text = TextEditingController();
  final StreamController<String> _settled = StreamController.broadcast();
  Timer? _debounce;

  Stream<String> get settled => _settled.stream;

  void _changed() {
    _debounce?.cancel();
    _debounce = Timer(_settles, () => _settled.add(text.text));
  }

  @override
  void dispose() {
    _debounce?.cancel();
    text
      ..removeListener(_changed)
      ..dispose();
    _settled.close();
    super.dispose();
  }
}
