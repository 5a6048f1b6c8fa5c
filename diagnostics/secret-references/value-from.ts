/** Where a task runs: what a bare name is looked up in. */
export interface Home {
  partition: string;
  region: string;
  account: string;
}

export interface SecretReference {
  kind: 'secret';
  /** As a call takes it: without key, stage and version. */
  id: string;
  /** The ARN for a policy; of a bare name and of a partial ARN the six random characters are not known. */
  arn: string;
  name: string;
  region: string;
  account: string;
  /**
   * `whole`: ends as an ARN from Secrets Manager does. A secret whose own name ends in a hyphen and six characters
   * looks the same when its ARN is cut short, so that only DescribeSecret decides. `partial`: it surely does not.
   */
  suffix: 'whole' | 'partial' | 'name';
  jsonKey?: string;
  versionStage?: string;
  versionId?: string;
}

export interface ParameterReference {
  kind: 'parameter';
  /** Names under which DescribeParameters may know it: an ARN does not tell `app` from `/app`. */
  names: [string, ...string[]];
  arn: string;
  region: string;
  account: string;
  /** Given by its name alone, so that it is sought in the region of the task. */
  bare: boolean;
  /** `/aws/reference/secretsmanager/NAME` reads a secret through Parameter Store, which lists no such parameter. */
  secretName?: string;
}

export interface InvalidReference {
  kind: 'invalid';
  /** What is wrong, in words that read on after "valueFrom …". */
  why: string;
}

export type Reference = SecretReference | ParameterReference | InvalidReference;

/** Under which key a secret's description is kept: the same name in two regions is two secrets. */
export function secretKeyOf({ id, region }: Pick<SecretReference, 'id' | 'region'>): string {
  return `${id}@${region}`;
}

const throughParameter = '/aws/reference/secretsmanager/';

/**
 * Reads `valueFrom` of a secret: the ARN of a secret with or without `:json-key:version-stage:version-id`, the ARN of
 * a parameter, or the name of one in the region of the task.
 *
 * A parameter of another region is fine where its ARN is given.
 * Source: ECS API, Secret.valueFrom; ECS Developer Guide, "Pass Secrets Manager secrets through environment variables".
 */
export function readValueFrom(text: string, home: Home): Reference {
  if (text.trim() === '') return { kind: 'invalid', why: 'is empty' };
  if (!text.startsWith('arn:')) return parameter(text, home);
  const [, partition = '', service, region = '', account = '', ...resource] = text.split(':');
  const place = { partition, region, account };
  if (!/^aws[\w-]*$/.test(partition) || region === '' || !/^\d{12}$/.test(account)) return cut;
  if (service === 'ssm') return parameterArn(resource.join(':'), place);
  if (service === 'secretsmanager') return secretArn(resource, place);
  return { kind: 'invalid', why: `is an ARN of ${service || 'no service'}, which holds no secrets for ECS` };
}

const cut: InvalidReference = {
  kind: 'invalid',
  why: 'is an ARN that lacks its partition, region or account',
};

/**
 * Reads the secret with the login to a private registry, for which a bare name is one in Secrets Manager.
 * Source: ECS API, RepositoryCredentials.credentialsParameter.
 */
export function readRegistryLogin(text: string, home: Home): Reference {
  if (text.startsWith('arn:') || text.trim() === '') return readValueFrom(text, home);
  const { partition, region, account } = home;
  const arn = `arn:${partition}:secretsmanager:${region}:${account}:secret:${text}`;
  return { kind: 'secret', id: text, arn, name: text, region, account, suffix: 'name' };
}

function secretArn([type, name = '', ...more]: string[], place: Home): Reference {
  const { partition, region, account } = place;
  if (type !== 'secret' || name === '')
    return { kind: 'invalid', why: 'is an ARN without the name of a secret' };
  // The agent takes none of the three or all of them, empty or not: ARN:key:: with both colons.
  if (more.length !== 0 && more.length !== 3) {
    return {
      kind: 'invalid',
      why: `has ${more.length} of the three parts json-key:version-stage:version-id behind the ARN; all three are needed, empty or not`,
    };
  }
  const arn = `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}`;
  const whole = /-[A-Za-z0-9]{6}$/.test(name);
  const [jsonKey, versionStage, versionId] = more;
  return {
    kind: 'secret',
    id: arn,
    arn,
    name: whole ? name.slice(0, -7) : name,
    region,
    account,
    suffix: whole ? 'whole' : 'partial',
    ...(jsonKey && { jsonKey }),
    ...(versionStage && { versionStage }),
    ...(versionId && { versionId }),
  };
}

function parameter(text: string, { partition, region, account }: Home): Reference {
  const name = withoutVersion(text);
  if (!/^[\w./-]+$/.test(name)) {
    return {
      kind: 'invalid',
      why: 'is neither an ARN nor the name of a parameter, which has letters, digits and . _ - / alone',
    };
  }
  const path = name.startsWith('/') ? name : `/${name}`;
  return {
    kind: 'parameter',
    names: [name],
    arn: `arn:${partition}:ssm:${region}:${account}:parameter${path}`,
    region,
    account,
    bare: true,
    ...(name.startsWith(throughParameter) && { secretName: name.slice(throughParameter.length) }),
  };
}

function parameterArn(resource: string, { partition, region, account }: Home): Reference {
  const path = /^parameter(?<path>\/.+)$/.exec(withoutVersion(resource))?.groups?.path;
  if (path === undefined)
    return { kind: 'invalid', why: 'is an ARN of Systems Manager without parameter/NAME' };
  const bare = path.slice(1);
  return {
    kind: 'parameter',
    // Only a name of one level may stand without its slash.
    names: bare.includes('/') ? [path] : [bare, path],
    arn: `arn:${partition}:ssm:${region}:${account}:parameter${path}`,
    region,
    account,
    bare: false,
    ...(path.startsWith(throughParameter) && { secretName: path.slice(throughParameter.length) }),
  };
}

/** GetParameters takes `NAME:3` and `NAME:label`; the parameter is the same. */
function withoutVersion(name: string): string {
  return name.replace(/:[\w.-]+$/, '');
}
