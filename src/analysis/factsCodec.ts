import { Deserializer, Serializer } from "node:v8";
import type { FileFacts } from "../facts/fileFacts.ts";

/**
 * Facts as bytes: V8's own format, which keeps plain data exactly as it is. Typed arrays are copied on reading: V8's default is
 * to point into the bytes, which would keep the file of the whole workspace in memory for as long as one array lives.
 */
export function encodeFacts(facts: FileFacts): Uint8Array {
  const serializer = new FactsSerializer();
  serializer.writeHeader();
  serializer.writeValue(facts);
  return serializer.releaseBuffer();
}

/** Throws for what `encodeFacts` has not written. */
export function decodeFacts(bytes: Uint8Array): FileFacts {
  const deserializer = new FactsDeserializer(bytes);
  deserializer.readHeader();
  return deserializer.readValue() as FileFacts;
}

type UnsignedArray = Uint8Array | Uint16Array | Uint32Array;
const KINDS = [Uint8Array, Uint16Array, Uint32Array] as const;

/** Node documents `_writeHostObject` and its neighbours as what subclasses implement; the type definitions leave them out. */
class FactsSerializer extends Serializer {
  constructor() {
    super();
    (this as unknown as { _setTreatArrayBufferViewsAsHostObjects(flag: boolean): void })._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(view: unknown): void {
    const kind = KINDS.findIndex((type) => view instanceof type);
    if (kind < 0) throw new TypeError("Facts hold unsigned arrays of 8, 16 and 32 bits only");
    const { buffer, byteOffset, byteLength } = view as UnsignedArray;
    this.writeUint32(kind);
    this.writeUint32(byteLength);
    this.writeRawBytes(new Uint8Array(buffer, byteOffset, byteLength));
  }
}

class FactsDeserializer extends Deserializer {
  _readHostObject(): UnsignedArray {
    const type = KINDS[this.readUint32()];
    if (type === undefined) throw new TypeError("Facts hold unsigned arrays only");
    const byteLength = this.readUint32();
    const own = new Uint8Array(byteLength);
    own.set(this.readRawBytes(byteLength));
    return new type(own.buffer);
  }
}
