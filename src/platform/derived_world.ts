/**
 * A world that differs from another one in a single thing. It refers to the other instead of being a copy: a copy would ask the
 * machine for all that is only looked up when it is needed, such as the path of the program.
 */
import type { World } from "./world.ts";

/** The same machine with another environment; the program's own folders stay where they are. */
export function withEnv(world: World, env: World["env"]): World {
  return derived(world, "env", env);
}

/** The same machine, whose programs are started in another way. */
export function withSpawn(world: World, spawn: World["spawn"]): World {
  return derived(world, "spawn", spawn);
}

function derived<Name extends keyof World>(world: World, name: Name, value: World[Name]): World {
  return Object.create(world, { [name]: { value, enumerable: true } });
}
