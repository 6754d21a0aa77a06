import 'package:flutter/foundation.dart';

void disposeAll(Iterable<ChangeNotifier> notifiers) {
  for (final notifier in notifiers) {
    notifier.dispose();
  }
}
