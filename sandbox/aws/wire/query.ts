import { XmlShapeSerializer } from '@aws-sdk/core/protocols';
import { readQuery } from './query-input.ts';
import { inputOf, nameOf, type OperationSchema, outputOf, type Wire, type WireError } from './wire.ts';

const dateTime = 5;

/** The query protocol (form in, XML out), and EC2's dialect of it, which nests and names differently. */
export function queryWire(dialect: 'query' | 'ec2', xmlNamespace: string): Wire {
  return {
    read: (schema, body) => readQuery(inputOf(schema), body, dialect),
    write(schema, output, requestId) {
      const inner = dialect === 'ec2' ? `<requestId>${requestId}</requestId>` : '';
      const metadata =
        dialect === 'ec2' ? '' : `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
      const operation = nameOf(schema);
      const result = resultXml(
        schema,
        output,
        xmlNamespace,
        dialect === 'ec2' ? 'Members' : `${operation}Result`,
      );
      const members =
        dialect === 'ec2' ? result.replace(/^<Members>|<\/Members>$|^<Members\/>$/g, '') : result;
      return xml(
        200,
        `<${operation}Response xmlns="${xmlNamespace}">${inner}${members}${metadata}</${operation}Response>`,
      );
    },
    writeError: (error, requestId) =>
      xml(
        error.status,
        dialect === 'ec2' ? ec2Error(error, requestId) : queryError(error, requestId, xmlNamespace),
      ),
  };
}

/** An output as XML under a root of this name. */
export function resultXml(schema: OperationSchema, output: unknown, namespace: string, root: string): string {
  const shape = outputOf(schema);
  if (shape.isUnitSchema()) return '';
  const serializer = new XmlShapeSerializer({
    timestampFormat: { useTrait: true, default: dateTime },
    httpBindings: false,
    xmlNamespace: '',
    serviceNamespace: namespace,
  });
  serializer.write(renamed(shape.getSchema(), root), output ?? {});
  return String(serializer.flush());
}

/** The serializer names the root after the shape, the protocol after the operation: so the shape is copied under that name. */
function renamed<T>(structure: T, name: string): T {
  if (!Array.isArray(structure)) return structure;
  return structure.map((part, index) => (index === 2 ? name : part)) as T;
}

export function queryError(error: WireError, requestId: string, namespace: string): string {
  const fault = error.status < 500 ? 'Sender' : 'Receiver';
  return `<ErrorResponse xmlns="${namespace}"><Error><Type>${fault}</Type><Code>${error.code}</Code><Message>${escaped(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}

function ec2Error(error: WireError, requestId: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response><Errors><Error><Code>${error.code}</Code><Message>${escaped(error.message)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`;
}

export function xml(status: number, body: string) {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
