import assert from "node:assert/strict";
import { rebuildWideState } from "../../../src/rules/dart/rebuild-wide-state.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";
import { widget } from "./widePages.ts";

rule(rebuildWideState, {
  reports: {
    "a property of MediaQuery.of": widget(`    return SizedBox(width: MediaQuery.of(context).size.width / 2);
                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 size: MediaQuery.of rebuilds this widget at any change of the media data`),
    "a property of MediaQuery.maybeOf": widget(`    final width = MediaQuery.maybeOf(context)?.size.width ?? 0;
                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
    return SizedBox(width: width);`),
    "an assertion on MediaQuery.maybeOf": widget(`    return Padding(padding: MediaQuery.maybeOf(context)!.viewInsets);
                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡`),
    // egovernments/health-campaign-field-worker-app: one widget, eight reads.
    "several reads of one widget, once; what a builder reads is another widget's": widget(`    return SizedBox(
      width: MediaQuery.of(context).size.width / 2,
           //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
      height: MediaQuery.of(context).size.height / 2,
            //~~~~~~~~~~~~~~~~~~~~~~~~~~~ the same widget reads it here, too
      child: Padding(
        padding: MediaQuery.of(context).padding,
               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
        child: Builder(builder: (context) => Text('\${MediaQuery.of(context).size.width}')),
                                                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
      ),
    );`),
    // dart-lang/sdk#59181
    "a local whose every use is one property": widget(`    final media = MediaQuery.of(context);
                //^^^^^^^^^^^^^^^^^^^^^^ 💡 size: MediaQuery.of rebuilds this widget at any change of the media data
    return Text('\${media.size.width} x \${media.size.height}');`),
    "a local, where the property's name is taken": widget(`    final media = MediaQuery.of(context);
                //^^^^^^^^^^^^^^^^^^^^^^ 💡
    final size = media.size / 2;
    return SizedBox.fromSize(size: size);`),
    "a helper function and an extension": `
//- lib/media.dart
double heightOf(BuildContext context) => MediaQuery.of(context).size.height;
                                       //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
extension Media on BuildContext {
  EdgeInsets get insets => MediaQuery.of(this).padding;
                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
}
`,
    "an extension without a name": `
//- lib/media.dart
extension on BuildContext {
  Size get screen => MediaQuery.of(this).size;
                   //^^^^^^^^^^^^^^^^^^^^^^^^ 💡
}
`,
    "a text scaler in a package that asks for Dart 3.2": `${widget(`    return Text('a', textScaler: MediaQuery.of(context).textScaler);
                               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡`)}
//- pubspec.yaml
name: page
environment:
  sdk: ">=3.2.0 <4.0.0"
dependencies:
  flutter:
    sdk: flutter
`,
  },
  ignores: {
    "a class of the same name behind another import": `
//- lib/page.dart
import 'media.dart' as mine;

double width(BuildContext context) => mine.MediaQuery.of(context).size.width;
`,
    "the property's own method": widget("    return SizedBox(width: MediaQuery.sizeOf(context).width);"),
    // dart-lang/sdk#59181: several properties of one local
    "a local whose uses differ": widget(`    final media = MediaQuery.of(context);
    return Padding(padding: media.padding, child: SizedBox(width: media.size.width));`),
    "the whole of it": widget("    return MediaQuery(data: MediaQuery.of(context).copyWith(boldText: true), child: const Text(''));"),
    "a local that is passed on": widget(`    final media = MediaQuery.of(context);
    return Sized(media, width: media.size.width);`),
    "a MediaQuery of the project": widget(
      "    return SizedBox(width: MediaQuery.of(context).size.width);",
      `//- lib/media_query.dart
class MediaQuery {
  static MediaQuery of(BuildContext context) => MediaQuery();
  Size get size => Size.zero;
}
`,
    ),
    "a Flutter that does not have it": `${widget("    return SizedBox(width: MediaQuery.of(context).size.width);")}
//- pubspec.yaml
name: page
environment:
  sdk: ">=2.19.0 <3.0.0"
dependencies:
  flutter:
    sdk: flutter
`,
  },
  fixes: {
    "several reads of one widget, once; what a builder reads is another widget's": widget(`    return SizedBox(
      width: MediaQuery.sizeOf(context).width / 2,
      height: MediaQuery.sizeOf(context).height / 2,
      child: Padding(
        padding: MediaQuery.of(context).padding,
        child: Builder(builder: (context) => Text('\${MediaQuery.of(context).size.width}')),
      ),
    );`),
    "a property of MediaQuery.of": widget("    return SizedBox(width: MediaQuery.sizeOf(context).width / 2);"),
    "a property of MediaQuery.maybeOf": widget(`    final width = MediaQuery.maybeSizeOf(context)?.width ?? 0;
    return SizedBox(width: width);`),
    "an assertion on MediaQuery.maybeOf": widget("    return Padding(padding: MediaQuery.viewInsetsOf(context));"),
    "a local whose every use is one property": widget(`    final size = MediaQuery.sizeOf(context);
    return Text('\${size.width} x \${size.height}');`),
    "a local, where the property's name is taken": widget(`    final media = MediaQuery.sizeOf(context);
    final size = media / 2;
    return SizedBox.fromSize(size: size);`),
  },
});

describe("dart/rebuild-wide-state: reads of the media data by events", () => {
  async function severityOf(body: string): Promise<string> {
    const workspace = new TestWorkspace([rebuildWideState]);
    await workspace.put(parseFixture(widget(body)).files);
    return workspace
      .findings()
      .map(({ severity }) => severity)
      .join();
  }

  // Paisa: the width of a sheet that a button opens
  it("subscribe from the first event on", async () => {
    const tap = "TextButton(onPressed: () => open(MediaQuery.of(context).size.width), child: const Text('open'))";
    assert.equal(await severityOf(`    return ${tap};`), "information");
    assert.equal(await severityOf(`    return SizedBox(width: MediaQuery.of(context).size.width, child: ${tap});`), "warning,information");
  });
});
