import 'dart:async';

import 'package:flutter/material.dart';
import 'package:provider/provider.dart';

import '../api/api_client.dart';
import '../api/models.dart';
import '../api/ticket_updates.dart';
import '../widgets/progress_ring.dart';

class ProfileScreen extends StatefulWidget {
  const ProfileScreen({super.key});

  @override
  State<ProfileScreen> createState() => _ProfileScreenState();
}

class _ProfileScreenState extends State<ProfileScreen> with SingleTickerProviderStateMixin {
  late final AnimationController _progress = AnimationController(
    vsync: this,
    duration: const Duration(milliseconds: 400),
  );
  StreamSubscription<TicketUpdate>? _updates;
  Profile? _profile;
  double _reminderHours = 24;

  @override
  void initState() {
    super.initState();
    _updates = context.read<TicketUpdates>().connect().listen((_) => _load());
    _load();
  }

  @override
  void dispose() {
    _updates?.cancel();
    _progress
      ..stop()
      ..dispose();
    super.dispose();
  }

  Future<void> _load() async {
    final profile = await context.read<ApiClient>().me();
    if (!mounted) return;
    await _progress.animateTo(profile.invited.clamp(0, 5) / 5);
    if (!mounted) return;
    setState(() => _profile = profile);
  }

  void _explain(String text) {
    ScaffoldMessenger.of(context).showSnackBar(SnackBar(content: Text(text)));
  }

  @override
  Widget build(BuildContext context) {
    final profile = _profile;
    if (profile == null) {
      return const Scaffold(body: Center(child: CircularProgressIndicator()));
    }
    final texts = Theme.of(context).textTheme;
    return Scaffold(
      appBar: AppBar(title: Text(profile.displayName)),
      body: ListView(
        padding: const EdgeInsets.all(16),
        children: [
          Card(
            child: Column(
              children: [
                Text('${profile.invited} invited', style: texts.headlineMedium),
                ProgressRing(progress: _progress),
                Text('Five make the next badge', style: texts.bodySmall),
              ],
            ),
          ),
          Text('Notifications', style: texts.titleLarge),
          ListTile(
            leading: const Icon(Icons.mark_email_read),
            title: Text('Ticket redeemed', style: texts.titleMedium),
            subtitle: Text('At once', style: texts.bodySmall),
            onTap: () => _explain('You hear of each redeemed ticket at once.'),
          ),
          ListTile(
            leading: const Icon(Icons.timer_off),
            title: Text('Ticket expired', style: texts.titleMedium),
            subtitle: Text('At once', style: texts.bodySmall),
            onTap: () => _explain('You hear of each expired ticket at once.'),
          ),
          Slider(
            min: 1,
            max: 72,
            label: 'Hours before the end: ${_reminderHours.round()}',
            value: _reminderHours,
            onChanged: (hours) => setState(() => _reminderHours = hours),
          ),
          Text('About tickets', style: texts.titleLarge),
          ListTile(
            leading: const Icon(Icons.qr_code),
            title: Text('A ticket invites one person', style: texts.titleMedium),
            subtitle: Text('Show its code or send its token', style: texts.bodySmall),
            onTap: () => _explain('Whoever redeems it first is the one.'),
          ),
          ListTile(
            leading: const Icon(Icons.schedule),
            title: Text('It is valid for seven days', style: texts.titleMedium),
            subtitle: Text('After that a new one is made', style: texts.bodySmall),
            onTap: () => _explain('Expired tickets are deleted after 90 days.'),
          ),
          ListTile(
            leading: const Icon(Icons.account_tree),
            title: Text('Everybody has one inviter', style: texts.titleMedium),
            subtitle: Text('Chains never meet', style: texts.bodySmall),
            onTap: () => _explain('Who has been invited can not be invited again.'),
          ),
          ListTile(
            leading: const Icon(Icons.lock),
            title: Text('Tickets are signed', style: texts.titleMedium),
            subtitle: Text('Nobody can make one up', style: texts.bodySmall),
            onTap: () => _explain('The backend checks the signature before it looks for the ticket.'),
          ),
          ListTile(
            leading: const Icon(Icons.leaderboard),
            title: Text('The leaderboard is public', style: texts.titleMedium),
            subtitle: Text('It shows names and numbers', style: texts.bodySmall),
            onTap: () => _explain('It is renewed once a minute.'),
          ),
        ],
      ),
    );
  }
}
