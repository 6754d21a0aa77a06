import 'package:flutter/material.dart';
import 'package:provider/provider.dart';

import '../api/api_client.dart';
import '../api/models.dart';
import '../state/draft_store.dart';
import '../widgets/search_field.dart';

class ChainScreen extends StatefulWidget {
  const ChainScreen({super.key});

  @override
  State<ChainScreen> createState() => _ChainScreenState();
}

class _ChainScreenState extends State<ChainScreen> {
  final ScrollController _scroll = ScrollController();
  final DraftStore _search = DraftStore();
  late final Future<ChainNode> _chain;

  @override
  void initState() {
    super.initState();
    _chain = context.read<ApiClient>().chain();
  }

  @override
  void dispose() {
    _search.dispose();
    super.dispose();
  }

  void _goToTop(String _) {
    _scroll.animateTo(0, duration: const Duration(milliseconds: 200), curve: Curves.easeOut);
  }

  @override
  Widget build(BuildContext context) {
    final media = MediaQuery.of(context);
    return Scaffold(
      appBar: AppBar(title: SearchField(controller: _search.text, onSubmitted: _goToTop)),
      body: FutureBuilder<ChainNode>(
        future: _chain,
        builder: (context, chain) {
          final root = chain.data;
          if (root == null) {
            return const Center(child: CircularProgressIndicator());
          }
          return StreamBuilder<String>(
            stream: _search.settled,
            builder: (context, typed) {
              final rows = [
                for (final row in root.flattened())
                  if (row.$2.displayName.contains(typed.data ?? '')) row,
              ];
              return ListView.builder(
                controller: _scroll,
                padding: EdgeInsets.only(left: media.padding.left, bottom: media.padding.bottom),
                itemCount: rows.length,
                itemBuilder: (context, index) => _ChainRow(depth: rows[index].$1, node: rows[index].$2),
              );
            },
          );
        },
      ),
    );
  }
}

class _ChainRow extends StatelessWidget {
  const _ChainRow({required this.depth, required this.node});

  final int depth;
  final ChainNode node;

  @override
  Widget build(BuildContext context) {
    return Padding(
      padding: EdgeInsets.only(left: 16.0 * depth),
      child: ListTile(title: Text(node.displayName), trailing: Text('${node.invited.length}')),
    );
  }
}
