/** Workspaces for the tests of dart/future-created-in-build. */

/** A State with the given members. */
export const state = (members: string): string => `
//- lib/profile.dart
import 'package:flutter/material.dart';

class Profile extends StatefulWidget {
  const Profile({super.key, required this.id, required this.api});
  final int id;
  final Api api;
  @override
  State<Profile> createState() => _ProfileState();
}

class _ProfileState extends State<Profile> {
${members}
}
`;

/** A widget that gives a builder that future. */
export const stateless = (future: string, others = ""): string => `
//- lib/profile.dart
import 'package:flutter/material.dart';

class Profile extends StatelessWidget {
  const Profile({super.key, required this.api});
  final Api api;

  @override
  Widget build(BuildContext context) => FutureBuilder<User>(
    ${future}
    builder: (context, snapshot) => Text('\${snapshot.data}'),
  );
}
${others}`;
