import { JsonCodec2 } from '@smithy/core/protocols';
import { inputOf, outputOf, type Wire } from './wire.ts';

const epochSeconds = 7;
const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: epochSeconds }, jsonName: false });

/** AWS JSON 1.0 and 1.1, with the operation in `X-Amz-Target`. */
export function jsonWire(contentType: string): Wire {
  return {
    read: (schema, body) => codec.createDeserializer().read(inputOf(schema), Buffer.from(body).toString()),
    write(schema, output) {
      const serializer = codec.createSerializer();
      serializer.write(outputOf(schema), output);
      return { status: 200, headers: { 'content-type': contentType }, body: serializer.flush() };
    },
    writeError(error) {
      // The layer that checks credentials and policies spells the member `Message`; the services `message`.
      const text = error.common ? { Message: error.message } : { message: error.message };
      return {
        status: error.status,
        headers: { 'content-type': contentType },
        body: JSON.stringify({ __type: error.code, ...text }),
      };
    },
  };
}
