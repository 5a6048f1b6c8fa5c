import { NotInSandbox } from '../errors.ts';
import { queryError, resultXml, xml } from './query.ts';
import { outsideBody, type RestRequest, statusOf } from './rest.ts';
import { inputOf, nameOf, type Wire } from './wire.ts';

/** AWS REST-XML, as far as a service that is only read needs it: all of an input lies in the path, the query and the headers. */
export function restXmlWire(request: RestRequest, xmlNamespace: string): Wire {
  return {
    read(schema, body) {
      if (body.byteLength > 0) throw new NotInSandbox('the sandbox reads no XML in requests');
      const input = inputOf(schema);
      return input.isStructSchema() ? outsideBody(input, request) : {};
    },
    write(schema, output) {
      const root = `${nameOf(schema)}Response`;
      const members = resultXml(schema, output, xmlNamespace, root);
      const body = members.replace(`<${root}`, `<?xml version="1.0"?><${root} xmlns="${xmlNamespace}"`);
      return { ...xml(200, body), status: statusOf(schema) };
    },
    // As in the query protocol, https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
    writeError: (error, requestId) => xml(error.status, queryError(error, requestId, xmlNamespace)),
  };
}
