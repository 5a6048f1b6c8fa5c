import fc from 'fast-check';

/**
 * fast-check with a seed that is the same in every run: a failure is found by whoever makes it, not by somebody
 * else's pull request. `FC_SEED=$RANDOM npx vitest run` looks at other values.
 */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20260301) });

export { fc };
