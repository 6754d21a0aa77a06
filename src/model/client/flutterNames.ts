/** What a class is to Flutter and its state libraries. */
export type ClientKind = "stateless" | "stateful" | "widget" | "state" | "notifier" | "stateNotifier" | "bloc" | "getx" | "riverpod";

/** Base classes of Flutter, flutter_hooks, Riverpod, Bloc and GetX, by what their subclasses are. */
export const BASE_KINDS: ReadonlyMap<string, ClientKind> = new Map([
  ...kinds(
    "stateless",
    "StatelessWidget ConsumerWidget HookWidget HookConsumerWidget GetView GetWidget GetResponsiveView StatelessHookWidget",
  ),
  ...kinds("stateful", "StatefulWidget ConsumerStatefulWidget StatefulHookWidget StatefulHookConsumerWidget StatefulBuilder"),
  ...kinds(
    "widget",
    "Widget RenderObjectWidget LeafRenderObjectWidget SingleChildRenderObjectWidget MultiChildRenderObjectWidget ProxyWidget " +
      "InheritedWidget InheritedModel InheritedNotifier ParentDataWidget PreferredSizeWidget ImplicitlyAnimatedWidget AnimatedWidget",
  ),
  ...kinds("state", "State ConsumerState HookState AnimatedWidgetBaseState ImplicitlyAnimatedWidgetState FormFieldState"),
  ...kinds("notifier", "ChangeNotifier ValueNotifier RestorableProperty"),
  ...kinds("stateNotifier", "StateNotifier"),
  ...kinds("bloc", "Bloc Cubit BlocBase HydratedBloc HydratedCubit ReplayBloc ReplayCubit"),
  // A GetxService is never let go.
  ...kinds("getx", "GetxController FullLifeCycleController SuperController DisposableInterface RxController"),
  ...kinds(
    "riverpod",
    "Notifier AsyncNotifier StreamNotifier AutoDisposeNotifier AutoDisposeAsyncNotifier AutoDisposeStreamNotifier FamilyNotifier " +
      "FamilyAsyncNotifier AutoDisposeFamilyNotifier AutoDisposeFamilyAsyncNotifier",
  ),
]);

function kinds(kind: ClientKind, names: string): [string, ClientKind][] {
  return names.split(" ").map((name) => [name, kind]);
}

/** How an object is let go, and what happens when it is not. */
export interface Disposal {
  readonly method: string;
  /** leak: it goes on working or is held by something that outlives its owner; hygiene: it is collected with its owner. */
  readonly weight: "leak" | "hygiene";
  /** The version of Dart that came with the method; undefined where it was always there. */
  readonly since?: readonly [number, number];
}

const disposals = (method: string, weight: Disposal["weight"], names: string): [string, Disposal][] =>
  names.split(" ").map((name) => [name, { method, weight }]);

/** Types of Flutter and well-known packages that must be let go. `MenuController` is none of them: it has no dispose(). */
export const DISPOSABLES: ReadonlyMap<string, Disposal> = new Map([
  ...disposals(
    "dispose",
    "leak",
    "VideoPlayerController CameraController MobileScannerController QRViewController " +
      "ChewieController AudioPlayer YoutubePlayerController Ticker RestorableTextEditingController " +
      // An observer of WidgetsBinding; views of the platform.
      "AppLifecycleListener BannerAd NativeAd",
  ),
  // Since Flutter 3.0.
  ["OverlayEntry", { method: "dispose", weight: "leak", since: [2, 17] }],
  ...disposals(
    "dispose",
    "hygiene",
    // A ticker that has stopped is held by nobody. What a Scrollable or Focus has attached it detaches itself.
    "AnimationController TabController TextEditingController ValueNotifier UndoHistoryController SearchController ExpansibleController ChangeNotifier SnapshotController " +
      "ScrollController TrackingScrollController PageController FixedExtentScrollController CarouselController " +
      "DraggableScrollableController TransformationController FocusNode FocusScopeNode",
  ),
  ...disposals("close", "hygiene", "StreamController"),
  ...disposals("close", "leak", "ReceivePort RawReceivePort HttpClient Bloc Cubit"),
  ...disposals("cancel", "leak", "StreamSubscription Timer"),
  ...disposals("sink.close", "leak", "WebSocketChannel IOWebSocketChannel"),
]);

/** Whether a type, as written, is one of Dart's collections, or is named after one: "List<Item>", "BuiltMap", "UnmodifiableListView<Item>". */
export const isCollection = (type: string): boolean => /^(?:\w+\.)?(?:\w*(?:List|Map|Set)(?:View)?|Iterable|\w*Queue)\b/.test(type);

/** Widgets of Flutter (widgets, material, cupertino) and of packages that most applications use. */
export const WIDGETS: ReadonlySet<string> = new Set(
  (
    "AboutDialog AboutListTile AbsorbPointer Actions ActionChip ActionListener AdaptiveTextSelectionToolbar AlertDialog Align AnimatedAlign " +
    "AnimatedBuilder AnimatedContainer AnimatedCrossFade AnimatedDefaultTextStyle AnimatedFractionallySizedBox AnimatedGrid AnimatedIcon " +
    "AnimatedList AnimatedModalBarrier AnimatedOpacity AnimatedPadding AnimatedPhysicalModel AnimatedPositioned " +
    "AnimatedPositionedDirectional AnimatedRotation AnimatedScale AnimatedSize AnimatedSlide AnimatedSwitcher AnimatedTheme " +
    "AnnotatedRegion AppBar AspectRatio AutocompleteHighlightedOption Autocomplete AutofillGroup AutomaticKeepAlive BackButton " +
    "BackButtonIcon BackdropFilter BackdropGroup Badge Banner Baseline BlockSemantics BottomAppBar BottomNavigationBar BottomSheet Builder " +
    "ButtonBar ButtonTheme CalendarDatePicker CallbackShortcuts Card CarouselView Center Checkbox CheckboxListTile CheckboxMenuButton " +
    "CheckedModeBanner Chip ChipTheme ChoiceChip CircleAvatar CircularProgressIndicator ClipOval ClipPath ClipRRect ClipRect CloseButton " +
    "ColoredBox ColorFiltered Column CompositedTransformFollower CompositedTransformTarget ConstrainedBox ConstraintsTransformBox Consumer " +
    "Container CupertinoActionSheet CupertinoActionSheetAction CupertinoActivityIndicator CupertinoAlertDialog CupertinoApp " +
    "CupertinoButton CupertinoCheckbox CupertinoContextMenu CupertinoContextMenuAction CupertinoDatePicker CupertinoDialogAction " +
    "CupertinoFormRow CupertinoFormSection CupertinoListSection CupertinoListTile CupertinoNavigationBar CupertinoPageScaffold " +
    "CupertinoPicker CupertinoPopupSurface CupertinoRadio CupertinoScrollbar CupertinoSearchTextField CupertinoSegmentedControl " +
    "CupertinoSlider CupertinoSlidingSegmentedControl CupertinoSliverNavigationBar CupertinoSliverRefreshControl CupertinoSwitch " +
    "CupertinoTabBar CupertinoTabScaffold CupertinoTabView CupertinoTextField CupertinoTextFormFieldRow CupertinoTheme " +
    "CupertinoTimerPicker CustomMultiChildLayout CustomPaint CustomScrollView CustomSingleChildLayout DataTable DecoratedBox " +
    "DecoratedBoxTransition DecoratedSliver DefaultAssetBundle DefaultSelectionStyle DefaultTabController DefaultTextHeightBehavior " +
    "DefaultTextStyle DefaultTextStyleTransition DesktopTextSelectionToolbar Dialog Directionality Dismissible Divider DragTarget " +
    "Draggable DraggableScrollableSheet Drawer DrawerButton DrawerHeader DropdownButton DropdownButtonFormField DropdownButtonHideUnderline " +
    "DropdownMenu DropdownMenuItem DualTransitionBuilder EditableText ElevatedButton ErrorWidget ExcludeFocus ExcludeSemantics Expanded " +
    "Expansible ExpandIcon ExpansionPanelList ExpansionTile FadeInImage FadeTransition FilledButton FilterChip FittedBox Flexible " +
    "FlexibleSpaceBar FloatingActionButton Flow Focus FocusScope FocusTraversalGroup FocusTraversalOrder FocusableActionDetector Form " +
    "FormField FractionalTranslation FractionallySizedBox FutureBuilder GestureDetector GetBuilder GetMaterialApp GetX GlowingOverscrollIndicator " +
    "GridPaper GridTile GridTileBar GridView Hero HeroControllerScope HeroMode Icon IconButton IconTheme IgnoreBaseline IgnorePointer Image " +
    "ImageFiltered ImageIcon IndexedSemantics IndexedStack Ink InkResponse InkWell InputChip InputDatePickerFormField InputDecorator " +
    "InteractiveViewer IntrinsicHeight IntrinsicWidth KeepAlive KeyboardListener KeyedSubtree LayoutBuilder LayoutId LimitedBox " +
    "LinearProgressIndicator ListBody ListTile ListTileTheme ListView ListWheelScrollView ListenableBuilder Localizations LongPressDraggable " +
    "Magnifier Material MaterialApp MaterialBanner MaterialButton MatrixTransition MediaQuery MenuAnchor MenuBar MenuItemButton " +
    "MergeSemantics MetaData ModalBarrier MouseRegion MultiBlocListener MultiBlocProvider MultiProvider NavigationBar NavigationDestination " +
    "NavigationDrawer NavigationDrawerDestination NavigationRail NavigationToolbar Navigator NestedScrollView NotificationListener Obx " +
    "Offstage Opacity OrientationBuilder OutlinedButton Overlay OverflowBar OverflowBox OverlayPortal Padding PageStorage PageView " +
    "PaginatedDataTable PerformanceOverlay PhysicalModel PhysicalShape Placeholder PlatformMenuBar PopScope PopupMenuButton PopupMenuDivider " +
    "PopupMenuItem Positioned PositionedDirectional PositionedTransition PreferredSize PrimaryScrollController ProgressIndicator Provider " +
    "ProviderScope Radio RadioGroup RadioListTile RadioMenuButton RangeSlider RawAutocomplete RawChip RawGestureDetector RawImage " +
    "RawKeyboardListener RawMagnifier RawMaterialButton RawScrollbar RefreshIndicator RelativePositionedTransition ReorderableDragStartListener " +
    "ReorderableList ReorderableListView RepaintBoundary RichText RootRestorationScope RotatedBox RotationTransition Row SafeArea Scaffold " +
    "ScaffoldMessenger ScaleTransition ScrollConfiguration Scrollable Scrollbar SearchAnchor SearchBar SegmentedButton SelectableRegion " +
    "SelectableText SelectionArea SelectionContainer Selector Semantics ShaderMask SharedAppData Shortcuts ShrinkWrappingViewport " +
    "SimpleDialog SimpleDialogOption SingleChildScrollView SizeChangedLayoutNotifier SizeTransition SizedBox SizedOverflowBox SlideTransition " +
    "Slider SliverAnimatedGrid SliverAnimatedList SliverAnimatedOpacity SliverAppBar SliverConstrainedCrossAxis SliverCrossAxisGroup " +
    "SliverFadeTransition SliverFillRemaining SliverFillViewport SliverFixedExtentList SliverGrid SliverIgnorePointer SliverLayoutBuilder " +
    "SliverList SliverMainAxisGroup SliverOffstage SliverOpacity SliverOverlapAbsorber SliverOverlapInjector SliverPadding " +
    "SliverPersistentHeader SliverPrototypeExtentList SliverReorderableList SliverResizingHeader SliverSafeArea SliverToBoxAdapter " +
    "SliverVariedExtentList SnackBar SnackBarAction Spacer Stack StatefulBuilder Step Stepper StreamBuilder StretchingOverscrollIndicator " +
    "SubmenuButton Switch SwitchListTile Tab TabBar TabBarView TabPageSelector Table TableCell TapRegion Text TextButton TextField " +
    "TextFieldTapRegion TextFormField TextSelectionToolbar Texture Theme TickerMode TimePickerDialog Title ToggleButtons Tooltip Transform " +
    "TweenAnimationBuilder UnconstrainedBox UnmanagedRestorationScope UserAccountsDrawerHeader ValueListenableBuilder VerticalDivider " +
    "Viewport Visibility WidgetInspector WidgetsApp WillPopScope Wrap YearPicker " +
    // Packages
    "BlocBuilder BlocConsumer BlocListener BlocProvider BlocSelector RepositoryProvider ChangeNotifierProvider ListenableProvider " +
    "FutureProvider StreamProvider CachedNetworkImage SvgPicture Lottie Shimmer VideoPlayer CameraPreview MobileScanner GoogleMap WebView " +
    "WebViewWidget QrImageView AutoSizeText HookBuilder HookConsumer"
  ).split(" "),
);

/** Builders whose closure runs whenever what they listen to changes: the argument that is listened to, and how often that is. */
export const REBUILDERS: ReadonlyMap<string, { readonly listens: string; readonly every: "frame" | "change" }> = new Map([
  ["AnimatedBuilder", { listens: "animation", every: "frame" }],
  ["TweenAnimationBuilder", { listens: "tween", every: "frame" }],
  ["ListenableBuilder", { listens: "listenable", every: "change" }],
  ["ValueListenableBuilder", { listens: "valueListenable", every: "change" }],
  ["Consumer", { listens: "", every: "change" }],
] as const);

/** Packages whose `Database` is that of sqflite. */
export const SQFLITE = /^package:sqflite\w*\//;
/** Drift under both of its names. */
export const DRIFT = /^package:(?:drift|moor)\//;
