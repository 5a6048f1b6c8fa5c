import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Lets Node keep what it makes of the sources, beside the dependencies: a start then neither strips types nor compiles,
 * which is half of its work. A folder that cannot be written costs no more than that. Only what is imported
 * afterwards is kept, so the entries import the program when this is done.
 */
export function keepCompiled(): void {
  const folder = fileURLToPath(new URL('../node_modules/.cache/ecs-sleuth', import.meta.url));
  enableCompileCache(folder);
  // A thread begins without the cache of the one that started it, and takes its own from here.
  process.env.NODE_COMPILE_CACHE ??= folder;
}
