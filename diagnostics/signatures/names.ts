import type { FixNames } from '../causes/cause.ts';

const finders: readonly (readonly [string, RegExp])[] = [
  [
    'not authorized',
    /not authorized to perform:? (?<action>[\w-]{2,40}:\w{2,80})(?: on resource:? (?<resource>\S{1,500}))?/i,
  ],
  ['policy allows the', /policy allows the (?<action>[\w-]{2,40}:\w{2,80}) action/i],
  [
    ':secret:',
    /(?<resource>arn:aws[\w-]{0,10}:secretsmanager:(?<region>[a-z0-9-]{5,20}):(?<account>\d{12}):secret:[^\s:'",]{1,512})/i,
  ],
  [
    ':parameter/',
    /(?<resource>arn:aws[\w-]{0,10}:ssm:(?<region>[a-z0-9-]{5,20}):(?<account>\d{12}):parameter\/[^\s:'",]{1,1011})/i,
  ],
  [
    '.dkr',
    /(?<image>(?<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]{5,20})\.[\w.]{5,30}\/(?<repository>[\w./-]{1,256})(?::[\w.-]{1,128}|@sha256:[0-9a-f]{3,64})?)/i,
  ],
  [
    'targetgroup/',
    /(?<targetGroupArn>arn:aws[\w-]{0,10}:elasticloadbalancing:(?<region>[a-z0-9-]{5,20}):(?<account>\d{12}):targetgroup\/[\w-]{1,32}\/\w{1,32})/i,
  ],
  ['log-group:', /log-group:(?<logGroup>[\w./#-]{1,512})/i],
  [
    'the role',
    /the role '?(?<executionRoleArn>arn:aws[\w-]{0,10}:iam::(?<account>\d{12}):role\/[\w+=,.@/-]{1,512})/i,
  ],
  [
    '.amazonaws.',
    /\/\/(?<host>[a-z0-9.-]{4,120}\.(?<region>[a-z]{2}(?:-[a-z]{2,5}){1,2}-\d)\.amazonaws\.com[.cn]{0,3})/i,
  ],
  ['subnet-', /(?<resource>subnet-[0-9a-f]{8,17})/i],
  [' port ', /\bport (?<port>\d{1,5})\b/i],
];

/** Names that AWS's texts carry in one form everywhere: ARNs, images, the refused action. Earlier finders win. */
export function namesInText(text: string): FixNames {
  const names: Record<string, string> = {};
  for (const [key, pattern] of finders) {
    if (!text.includes(key)) continue;
    for (const [name, value] of Object.entries(pattern.exec(text)?.groups ?? {}))
      if (value && !(name in names)) names[name] = value.replace(/[.:,;'"]{1,3}$/, '');
  }
  return names;
}
