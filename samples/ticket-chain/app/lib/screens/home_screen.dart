import 'dart:async';

import 'package:flutter/material.dart';
import 'package:provider/provider.dart';

import '../api/models.dart';
import '../api/ticket_updates.dart';
import '../state/session.dart';
import '../state/update_feed.dart';
import '../widgets/pulse.dart';
import 'chain_screen.dart';
import 'profile_screen.dart';
import 'redeem_screen.dart';
import 'statistics_screen.dart';
import 'ticket_screen.dart';

class HomeScreen extends StatefulWidget {
  const HomeScreen({super.key});

  @override
  State<HomeScreen> createState() => _HomeScreenState();
}

class _HomeScreenState extends State<HomeScreen> {
  Timer? _activity;

  @override
  void initState() {
    super.initState();
    context.read<UpdateFeed>().start();
    _activity = Timer.periodic(const Duration(minutes: 1), (_) => context.read<Session>().touch());
  }

  @override
  Widget build(BuildContext context) {
    final name = context.watch<Session>().displayName;
    return Scaffold(
      appBar: AppBar(
        title: Text(name.isEmpty ? 'Ticket chain' : name),
        actions: [
          IconButton(
            icon: const Icon(Icons.logout),
            onPressed: () => context.read<Session>().signOut(),
          ),
        ],
      ),
      body: ListView(
        children: [
          const _Unread(),
          StreamBuilder<TicketUpdate>(
            stream: context.read<TicketUpdates>().connect(),
            builder: (context, snapshot) => ListTile(
              leading: const Icon(Icons.notifications),
              title: Text(snapshot.data?.kind.name ?? 'No news yet'),
            ),
          ),
          _entry(context, Icons.qr_code, 'New ticket', const TicketScreen()),
          _entry(context, Icons.input, 'Redeem', const RedeemScreen()),
          _entry(context, Icons.account_tree, 'My chain', const ChainScreen()),
          _entry(context, Icons.bar_chart, 'Statistics', const StatisticsScreen()),
          _entry(context, Icons.person, 'Profile', const ProfileScreen()),
        ],
      ),
    );
  }

  ListTile _entry(BuildContext context, IconData icon, String title, Widget screen) {
    return ListTile(
      leading: Icon(icon),
      title: Text(title),
      onTap: () => Navigator.of(context).push(MaterialPageRoute<void>(builder: (_) => screen)),
    );
  }
}

class _Unread extends StatelessWidget {
  const _Unread();

  @override
  Widget build(BuildContext context) {
    final feed = context.watch<UpdateFeed>();
    if (feed.items.isEmpty) {
      return const SizedBox.shrink();
    }
    return GestureDetector(
      onTap: feed.markRead,
      child: Pulse(label: feed.items.first.kind.name, count: feed.unread),
    );
  }
}
