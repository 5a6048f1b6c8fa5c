/** Containers that serve another one: agents, routers, proxies. By their usual names, since the API marks none. */
const helper =
  /(?:^|[-_.])(?:datadog|dd-agent|envoy|x-?ray|otel|opentelemetry|adot|aws-otel|collector|fluent(?:-?bit|d)?|log[-_]?(?:router|shipper|forwarder|agent)|firelens|filebeat|promtail|vector|cwagent|cloudwatch-?agent|new-?relic|splunk|statsd|telegraf|prometheus|exporter|metrics|consul|vault|linkerd|istio|appmesh|sidecar|side-car|forwarder|proxy|guardduty\S{0,30}|ssm-agent|tailscale|cloudflared|pgbouncer|cloud-?sql\S{0,10}|ecs-service-connect\S{0,40}|ecs-exec\S{0,20}|agent)(?:$|[-_.])/i;

/** Containers whose only work is to end the task when time is up. */
const watchdog =
  /(?:^|[-_.])(?:time-?out|watch-?dog|timer|dead-?man|killer|reaper|max-?runtime|deadline)(?:$|[-_.])/i;

/** True for the usual names of agents, routers and proxies. */
export function isHelper(name: string): boolean {
  return (
    helper.test(name) || name.startsWith('aws-guardduty-agent') || name.startsWith('ecs-service-connect')
  );
}

/** True for the usual names of timers that end a task on purpose. */
export function isWatchdog(name: string): boolean {
  return watchdog.test(name);
}

/** True for the proxy that Service Connect adds. */
export function isServiceConnectProxy(name: string): boolean {
  return name.startsWith('ecs-service-connect');
}
