import { CborCodec, cbor } from '@smithy/core/cbor';
import { inputOf, outputOf, type Wire } from './wire.ts';

const codec = new CborCodec();
const headers = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };

/** Smithy RPC v2 CBOR, with service and operation in the path. */
export function cborWire(): Wire {
  return {
    read: (schema, body) =>
      body.byteLength === 0 ? {} : codec.createDeserializer().read(inputOf(schema), body),
    write(schema, output) {
      const serializer = codec.createSerializer();
      serializer.write(outputOf(schema), output);
      return { status: 200, headers, body: serializer.flush() };
    },
    writeError(error) {
      return {
        status: error.status,
        headers,
        body: cbor.serialize({ __type: error.code, message: error.message }),
      };
    },
  };
}
