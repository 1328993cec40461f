/**
 * What every `npm` command of this project goes through. Plain JavaScript without dependencies, so that any Node from
 * 20.19 can run it in a fresh clone: it installs the packages when they are missing or stale, and then runs
 * commands/<command>.ts with the project's own Node (a development dependency), which understands TypeScript.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packages = join(root, 'node_modules');
const [command = '', ...words] = process.argv.slice(2);

requireNode();
const script = join(root, 'tests', 'support', 'commands', `${command}.ts`);
if (!/^\w+$/.test(command) || !existsSync(script)) stop(`There is no command "${command}".`);
installPackages();
run();

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    stop(`Ava needs Node 20.19 or later; this is ${process.versions.node}.`);
}

/** The stamp says which lock file the packages were installed from. It lies among them, so it goes when they go. */
function installPackages() {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const wanted = createHash('sha256').update(lockText).digest('hex');
  const stamp = join(packages, '.ava-lock-sha256');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(join(packages, 'wxt'))) return;
  if (!isInstalled(JSON.parse(lockText))) {
    console.log('Installing npm packages (npm ci, about half a minute) …');
    const npmWords = ['ci', '--include=dev', '--prefer-offline', '--no-fund', '--no-audit', '--loglevel=error'];
    // Under `npm run` npm says where it is; on Windows it could not be started by name without a shell.
    const npm = process.env.npm_execpath;
    const options = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] };
    const { status } =
      npm && /\.c?js$/.test(npm)
        ? spawnSync(process.execPath, [npm, ...npmWords], options)
        : spawnSync('npm', npmWords, { ...options, shell: process.platform === 'win32' });
    if (status !== 0) stop('npm ci failed; what it said is above.');
  }
  writeFileSync(stamp, wanted);
}

/** Whether what npm itself recorded among the packages is what the lock file wants: then somebody ran `npm ci` by hand. */
function isInstalled(lock) {
  const recorded = join(packages, '.package-lock.json');
  if (!existsSync(recorded)) return false;
  const installed = JSON.parse(readFileSync(recorded, 'utf8')).packages;
  return (
    Object.keys(installed).every((path) => path in lock.packages) &&
    Object.entries(lock.packages).every(
      ([path, wanted]) =>
        path === '' ||
        // Optional ones are for other systems, as a rule.
        (wanted.optional && !(path in installed)) ||
        (path in installed &&
          installed[path].version === wanted.version &&
          installed[path].integrity === wanted.integrity),
    )
  );
}

function findNode() {
  const own = join(packages, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(own)) return own;
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  // The package `node` fetches its program by an install script, which `ignore-scripts` forbids.
  return stop(
    'The package "node" has no program for this system (is ignore-scripts set?): run this with Node 24 or later.',
  );
}

function run() {
  const child = spawn(findNode(), [script, ...words], {
    cwd: root,
    // The channel tells the command when this process dies without a word, so that it can end what it started.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: `${join(packages, '.bin')}${delimiter}${process.env.PATH || ''}` },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // On Windows Ctrl-C reaches the command by itself, and `kill` would give it no time to clean up.
    process.on(signal, () => process.platform !== 'win32' && child.kill(signal));
  }
  // A signal to npm alone ends the shell between npm and us, which does not pass it on.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 300).unref();
  child.on('error', (error) => stop(`The command could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}

function stop(line) {
  console.error(line);
  process.exit(1);
}
