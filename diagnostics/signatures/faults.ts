/**
 * The few ways in which a call to another service fails, whichever service it is. The SDK generations, containerd,
 * Docker and the agent each word them differently; what failed is told by the rest of the text.
 */

/** Nobody answered: no route, a closed port, or an endpoint that does not admit the caller. */
export const noAnswer =
  /i\/o timeout|deadline exceeded|context deadli|requestcanceled|request canceled|connection issue|timed? ?out|no route to host|connection refused|connection reset|network is unreachable|network configuration|send request failed|request send failed|unable to connect|could not (?:connect|reach)|cannot connect|signal: killed|dial tcp|handshake timeout|statuscode: 0\b|requesterror|certificate signed by unknown|failed to verify certificate/i;

/** The caller was known and refused. */
export const denied =
  /access ?denied|not authorized|unauthorizedoperation|unauthorized|forbidden|\b403\b|identity-based policy|explicit deny|permissions? to (?:pull|access|read)|not allowed|is not permitted/i;

/** The thing asked for is not there. */
export const absent =
  /not ?found|does ?n[o']t exist|do not exist|can'?t find|cannot find|unknown: |manifest unknown|name unknown|nosuchkey|nosuchbucket|\b404\b|no such (?:image|manifest|secret)/i;

/** A name could not be looked up. */
export const noName =
  /no such host|lookup \S{1,253}.{0,40}(?:server misbehaving|i\/o timeout|timeout)|name resolution|could not resolve|nodename nor servname/i;

/** An image was being pulled, in the words of the agent, Docker or containerd. */
export const pulling =
  /cannotpull|pull(?:ing)? (?:image|container|command|from)|ref pull|resolve ref\b|inspect image|cannot pull '|can'?t pull the image|httprea|pull access denied|(?:extract|register) layer|error pulling|manifest for|\/v2\/[\w./-]{1,255}\/(?:manifests|blobs)/i;
