import type { Owner } from '../causes/cause.ts';

/** What programs print before they die. Unlike AWS's texts these are nobody's contract, so they read `likely`. */
export interface Clue {
  cause: string;
  /** Lower case; one of them stands in every line that the clue knows. */
  keys: readonly string[];
  pattern: RegExp;
  not?: RegExp;
  owner?: Owner;
  /** A clue that names the cause outranks one that only shows that something failed, wherever it stands. */
  weak?: boolean;
}

/** Most telling first: of two clues in one line the earlier wins. */
const table: readonly (Omit<Clue, 'keys'> & { keys: string })[] = [
  {
    cause: 'image-arch-mismatch',
    keys: 'exec format error|rosetta error|qemu-',
    pattern: /exec format error|rosetta error|qemu-\w{2,10}: (?:could not open|uncaught)/i,
  },
  {
    cause: 'oom-heap',
    keys: 'heap|outofmemory|out of memory|memoryerror|gc overhead|cannot allocate memory|allocat|metaspace|memory exhausted|allowed memory size',
    pattern:
      /heap out of memory|java\.lang\.outofmemoryerror|java heap space|gc overhead limit|reached heap limit|^memoryerror\b|\bmemoryerror$|fatal error: runtime: out of memory|runtime: out of memory|cannot allocate memory|system\.outofmemoryexception|nomemoryerror|failed to allocate memory|allowed memory size of \d{1,15} bytes exhausted|memory allocation of \d{1,15} bytes failed|std::bad_alloc|metaspace$|ineffective mark-compacts/i,
  },
  {
    cause: 'oom-child-process',
    keys: 'sigkill|out of memory: kill|oom-kill|oom_kill|oomkill|memory cgroup|signal 9|perhaps out of memory|was killed',
    pattern:
      /worker .{0,80}(?:sent sigkill|terminated|signal 9)|perhaps out of memory|memory cgroup out of memory|out of memory: kill(?:ed)? process|oom[-_]?kill/i,
    not: /oomkilled"?[:=] ?false/i,
  },
  {
    cause: 'service-connect-unhealthy',
    keys: 'envoy_xds|ecs:poll|appnet',
    pattern: /envoy_xds|perform ecs:poll|appnet-?(?:agent|interface)/i,
  },
  {
    cause: 'app-port-in-use',
    keys: 'eaddrinuse|address already in use|address in use|port is already in use|already being used|was already in use|bind(|bind:|bind to|only one usage of each socket',
    pattern:
      /eaddrinuse|address already in use|address in use|port \d{0,5} ?(?:is|was) already in use|already being used by another process|failed to bind to (?:address )?\S{3,60}.{0,20}in use|only one usage of each socket/i,
  },
  {
    cause: 'app-config-missing',
    keys: 'permission denied|eacces|operation not permitted|errno 13',
    pattern:
      /(?:bind|listen)\b[^\n]{0,60}(?:permission denied|eacces)|(?:permission denied|eacces)[^\n]{0,80}(?:bind|listen|0\.0\.0\.0:\d{1,4}\b)/i,
  },
  {
    cause: 'app-disk-full',
    keys: 'no space left|enospc|disk full|disk quota|not enough space|disk is full|errno 28',
    pattern:
      /no space left on device|enospc|disk (?:is )?full|disk quota exceeded|not enough space on the disk|errno 28/i,
    not: /\/dev\/shm|shared memory|inotify|file watchers/i,
  },
  {
    cause: 'app-config-missing',
    keys: '/dev/shm|shared memory|inotify|file watchers|too many open files|emfile|max_map_count|ulimit',
    pattern:
      /\/dev\/shm|shared memory|inotify watch|file watchers reached|too many open files|emfile|max_map_count|max file descriptors/i,
  },
  {
    cause: 'app-credentials-missing',
    keys: 'credential|accessdenied|access denied|not authorized|expiredtoken|security token|nocredential|invalidclienttoken|unrecognizedclient|unauthorizedexception|unauthorizedoperation|accessdeniedexception|signaturedoesnotmatch',
    pattern:
      /unable to locate credentials|could not load credentials|nocredentialproviders|no ?credentials ?(?:error|found|provider)|unable to load (?:aws )?credentials|missing credentials in config|credentialsprovidererror|failed to (?:retrieve|load|refresh)(?: cached)? (?:aws )?credentials|no ec2 imds role|expiredtoken|security token .{0,40}(?:invalid|expired)|invalidclienttokenid|unrecognizedclientexception|is not authorized to perform:? (?<action>[\w-]{2,40}:\w{2,80})|not authorized to perform: (?<action>[\w-]{2,40}:\w{2,80})|accessdenied(?:exception)?\b|an error occurred accessdenied|signaturedoesnotmatch|access denied.{0,60}(?:operation|s3|sqs|dynamo|kms|aws)|unauthorizedoperation/i,
    not: /access denied for user|elasticfilesystem|error 1045/i,
  },
  {
    cause: 'app-config-missing',
    keys: 'password authentication failed|access denied for user|authentication failed|login failed|wrongpass|noauth|auth failed|invalid password|no pg_hba|does not exist|unknown database|invalid_password|bad auth|invalid username|sasl|invalid api key|invalid api_key|invalid license|license key',
    pattern:
      /password authentication failed|access denied for user|authentication failed|login failed for user|\bwrongpass\b|\bnoauth\b|auth(?:entication)? ?failed|no pg_hba\.conf entry|(?:database|role|relation) "?[\w.-]{1,63}"? does not exist|unknown database|invalid username[- ]password|bad auth|invalid (?:api[_ ]?key|license)|license key (?:is )?(?:missing|invalid|required)/i,
  },
  {
    cause: 'app-dependency-unreachable',
    keys: "econnrefused|enotfound|etimedout|eai_again|refused|too many|nobrokers|ehostunreach|econnreset|enetunreach|connection refused|connection timed out|no such host|name or service not known|could not connect|can't connect|cannot connect|could not translate host|i/o timeout|no route to host|getaddrinfo|unknownhost|name resolution|connect timeout|connection attempt|unable to connect|failed to connect|communications link failure|no nodes available|connection to server|server selection|nameresolution|deadline exceeded|max retries exceeded|brokers|broker|connection reset|is the server running|timed out|too many (?:connections|clients)|connection to S{1,120} (?:was )?refused|nobrokersavailable|remaining connection slots|upstream|unreachable",
    pattern:
      /econnrefused|\benotfound|etimedout|eai_again|ehostunreach|enetunreach|econnreset|connection refused|connection (?:attempt )?timed? ?out|no such host|host not found|name or service not known|could not translate host name "?(?<host>[\w.-]{1,253})|(?:could not|can'?t|cannot|unable to|failed to) (?:re)?connect|i\/o timeout|no route to host|unknownhostexception|name ?resolution|connect timeout|communications link failure|no nodes available|connection to server at "?[\w.-]{1,253}|server ?selection ?(?:error|timeout)|context deadline exceeded|max retries exceeded|(?:no|all) (?:available )?brokers? (?:available|are down)|connection reset by peer|is the server running|(?:connect\w{0,5}|dial|socket|database|redis|query).{0,60}timed out|too many (?:connections|clients)|connection to \S{1,120} (?:was )?refused|nobrokersavailable|remaining connection slots|host is unreachable|network is unreachable/i,
    not: /health ?check|169\.254\.170\.2|169\.254\.169\.254/i,
  },
  {
    cause: 'app-credentials-missing',
    keys: '169.254.170.2|169.254.169.254',
    pattern: /169\.254\.(?:170\.2|169\.254)/i,
  },
  {
    cause: 'app-command-not-found',
    keys: 'not found|no such file',
    pattern:
      /(?:\/bin\/(?:ba|da|a)?sh|^(?:ba|da|a)?sh|entrypoint\S{0,20}|start\S{0,12}\.sh)\b.{0,40}: (?:line )?(?:\d{1,5}: )?(?<name>[\w./-]{1,200}): (?:command )?not found|: (?<name>[\w./-]{1,200}): command not found|exec: "?(?<name>[\w./-]{1,200})"?: (?:executable file )?not found|exec \S{1,200}: no such file or directory|env: (?:can't execute )?'?(?<name>[\w./-]{1,100})'?: no such file|exec user process caused.{0,20}no such file/i,
  },
  {
    cause: 'app-not-executable',
    keys: 'permission denied',
    pattern: /(?:\/bin\/(?:ba|da|a)?sh|^(?:ba|da|a)?sh|^exec|entrypoint\S{0,20}).{0,200}: permission denied/i,
  },
  {
    cause: 'app-segfault',
    keys: 'segmentation fault|sigsegv|access violation|segfault',
    pattern: /segmentation fault|sigsegv|access violation|segfault at/i,
    not: /invalid memory address or nil pointer/i,
  },
  {
    cause: 'app-config-missing',
    keys: 'environment variable|env var|environ|is not set|is required|is not defined|missing required|must be set|not configured|keyerror|undefined variable|no such file|enoent|filenotfound|improperlyconfigured|could not resolve placeholder|secret_key_base|missing|must be provided|not provided|field required|config|unset|parameter not set|invalid url|is empty|must be specified|was not found|unbound variable|no value|cannot find the file',
    pattern:
      /(?:environment|env)[ _]?var(?:iable)?s? '?"?(?<name>[A-Za-z_]\w{1,80})?'?"?.{0,40}(?:not |missing|required|unset|empty|undefined|must)|(?:missing|required|undefined|unset|no|not set).{0,30}(?:environment|env)[ _]?var(?:iable)?s?:? ?'?"?(?<name>[A-Z][A-Z0-9_]{2,80})?|\b(?<name>[A-Z][A-Z0-9]{0,40}_[A-Z0-9_]{1,80})\b'?"? ?(?:environment variable )?(?:is |was |must be |has )?(?:not (?:set|defined|found|provided|specified|configured)|required|missing|undefined|empty|unset|set$|provided$|null)|keyerror: ?'(?<name>[A-Z][A-Z0-9_]{2,80})'|could not resolve placeholder '(?<name>[\w.-]{1,100})|improperlyconfigured|missing `?secret_key_base|missing (?:required )?(?:config\w{0,12}|setting|parameter|option|argument|key|field|value|secret|env)|(?:config\w{0,12}|settings?|secret|parameter) .{0,60}(?:is |was |not |are )?(?:missing|not found|required|not set|invalid|undefined)|(?:must be|needs to be) (?:set|provided|specified)|unbound variable|parameter not set|field required|(?:enoent|filenotfounderror|no such file or directory|cannot find the file|filenotfoundexception|nosuchfileexception).{0,120}|is not defined in (?:the )?environment|invalid environment variables?|invalid url/i,
    not: /modulenotfound|cannot find module|importerror|no module named|classnotfound|noclassdef|exec \S{1,200}: no such file|exec user process|^env: |\.so[.\d]{0,8}: cannot open|gem ?not ?found|favicon|warn(?:ing)?\b/i,
  },
  {
    cause: 'app-abort',
    keys: 'malloc|free()|double free|corrupt|aborted|sigabrt|assertion|terminate called|stack smashing|abort',
    pattern:
      /malloc(?:\(\))?: \S|double free or corruption|corrupted (?:size|top|double|unsorted)|^aborted\b|sigabrt|assertion .{0,120}failed|terminate called|stack smashing|abort(?:ed)? \(?core dumped|fatal python error: aborted|free\(\): invalid/i,
  },
  {
    cause: 'app-exit-error',
    keys: 'modulenotfound|cannot find module|no module named|importerror|classnotfound|noclassdeffound|could not find or load main|cannot open shared object|err_module_not_found|unsupportedclassversion|no such module|loaderror|cannot load such file|bundler|gemnotfound|glibc|unable to access jarfile',
    pattern:
      /modulenotfounderror|cannot find module|no module named|importerror|classnotfoundexception|noclassdeffounderror|could not find or load main class|cannot open shared object file|err_module_not_found|unsupportedclassversionerror|cannot load such file|gemnotfound|version `?'?glibc|unable to access jarfile/i,
    owner: 'image',
  },
  {
    cause: 'app-exit-error',
    keys: 'usage:|unknown option|unrecognized argument|invalid option|unknown flag|unknown command|flag provided but not defined|unexpected argument|unrecognized option|no such option|unknown shorthand',
    pattern:
      /^usage: |unknown (?:option|flag|command|shorthand flag)|unrecogni[sz]ed (?:arguments?|option)|invalid option|flag provided but not defined|unexpected argument|no such option/i,
    owner: 'task-definition',
  },
  {
    cause: 'app-exit-error',
    weak: true,
    keys: 'traceback|exception|panic:|fatal|error|npm err|unhandled|failed|thread ',
    pattern:
      /^traceback \(most recent|^panic: |unhandled (?:promise )?(?:rejection|exception|error)|uncaught (?:exception|error|typeerror)|exception in thread|^npm err!|^fatal|\bfatal(?: error)?:|thread '\S{1,60}' panicked|^\S{0,60}(?:error|exception): |application run failed|failed to start|migration.{0,40}failed/i,
    not: /\b0 (?:errors?|failures?|failed)|no errors?\b|error_count[=:] ?0|errors?[=:] ?0\b|without error/i,
  },
];

/** Most telling first; the key words are kept apart so that a line is read by patterns only where one can match. */
export const clues: readonly Clue[] = table.map((clue) => ({ ...clue, keys: clue.keys.split('|') }));
