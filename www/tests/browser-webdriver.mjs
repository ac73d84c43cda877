/**
 * WebKit, as Debian's `webkit2gtk-driver` brings it, spoken to by WebDriver. Each page has a driver, and so a browser,
 * of its own; without a display they share a virtual one (`xvfb`).
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { PATIENCE } from './waiting.mjs';

/** Browsers that may fail to come up, and pages to load, before a test does. */
const ATTEMPTS = 3;

/** Where a page without anything in it is. */
const EMPTY = 'about:blank';

/** Keys as WebDriver names them. @type {Record<string, string>} */
const KEYS = {
  ArrowDown: '\uE015',
  ArrowUp: '\uE013',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
  Enter: '\uE007',
  Escape: '\uE00C',
  Home: '\uE011',
  End: '\uE010',
  Tab: '\uE004',
  Backspace: '\uE003',
  Control: '\uE009',
  Shift: '\uE008',
  Meta: '\uE03D',
  Alt: '\uE00A',
};

/**
 * @param {string} name
 * @returns {Promise<import('./browser.mjs').Browser>}
 */
export async function launch(name) {
  const screen = process.env.DISPLAY ? undefined : await startScreen();
  const environment = {
    ...process.env,
    ...(screen ? { DISPLAY: screen.display } : {}),
    // What WebKit wants of a root user without graphics hardware.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    LIBGL_ALWAYS_SOFTWARE: '1',
  };
  /** @type {Set<import('node:child_process').ChildProcess>} */
  const drivers = new Set();
  return {
    name,
    canLook: false,
    open: () => openPage(environment, drivers),
    // A test that failed may have left its page open.
    close: async () => [...drivers, screen?.process].forEach((process) => process?.kill()),
  };
}

async function startScreen() {
  const process = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = await once(/** @type {import('node:stream').Readable} */ (process.stdout), 'data');
  return { process, display: `:${String(number).trim()}` };
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @param {Set<import('node:child_process').ChildProcess>} drivers that run; the page's own is added
 * @returns {Promise<import('./browser.mjs').Page>}
 */
async function openPage(environment, drivers) {
  const { driver, call, session } = await startSession(environment, drivers);
  /** @type {(source: string, args: unknown[]) => Promise<any>} */
  const execute = (source, args) =>
    call('POST', `${session}/execute/sync`, {
      // JSON has no undefined.
      script: `return (${source}).apply(null, Array.from(arguments, (given) => given ?? undefined))`,
      args,
    });
  /** @param {object[]} actions */
  const keys = (actions) => call('POST', `${session}/actions`, { actions: [{ type: 'key', id: 'keys', actions }] });
  const down = (/** @type {string} */ key) => ({ type: 'keyDown', value: KEYS[key] ?? key });
  const up = (/** @type {string} */ key) => ({ type: 'keyUp', value: KEYS[key] ?? key });
  /** @type {import('./browser.mjs').Page} */
  const page = {
    // The driver is content with a page that did not load: it shows an empty one that says why.
    async goto(address) {
      for (let attempt = 1; ; attempt++) {
        await call('POST', `${session}/url`, { url: address });
        if (address === EMPTY || (await execute('() => location.href', [])) !== EMPTY) return;
        if (attempt === ATTEMPTS)
          throw new Error(`${address} did not load: ${await execute('() => document.body.innerText', [])}`);
      }
    },
    address: () => call('GET', `${session}/url`),
    eval: (run, ...args) =>
      execute(
        String(run),
        args.map((value) => value ?? null),
      ),
    type: (text) => keys(Array.from(text).flatMap((key) => [down(key), up(key)])),
    press: (key, ...held) => keys([...held.map(down), down(key), up(key), ...held.reverse().map(up)]),
    clickAt: (x, y) =>
      call('POST', `${session}/actions`, {
        actions: [
          {
            type: 'pointer',
            id: 'mouse',
            parameters: { pointerType: 'mouse' },
            actions: [
              { type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y) },
              { type: 'pointerDown', button: 0 },
              { type: 'pointerUp', button: 0 },
            ],
          },
        ],
      }),
    screenshot: async (path) => writeFile(path, Buffer.from(await call('GET', `${session}/screenshot`), 'base64')),
    look: ({ width = 1100, height = 800, phone }) =>
      call('POST', `${session}/window/rect`, phone ? { width: 390, height: 844 } : { width, height }),
    problems: () => execute('() => window.samaraProblems ?? []', []),
    asked: async () => [],
    async close() {
      await call('DELETE', session).catch(() => {});
      driver.kill();
      drivers.delete(driver);
    },
  };
  await page.look({});
  return page;
}

/**
 * A browser behind a driver of its own. One that does not come up, as happens now and then on a busy machine, is given
 * up for another.
 * @param {NodeJS.ProcessEnv} environment
 * @param {Set<import('node:child_process').ChildProcess>} drivers
 */
async function startSession(environment, drivers) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const driver = spawn('WebKitWebDriver', [`--port=${port}`], { env: environment, stdio: 'ignore' });
    drivers.add(driver);
    /** @type {(method: string, path: string, body?: object, signal?: AbortSignal) => Promise<any>} */
    const call = async (method, path, body, signal) => {
      const response = await fetch(`http://127.0.0.1:${port}/session${path}`, {
        method,
        signal,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const { value } = await response.json();
      if (!response.ok) throw new Error(`${value.error}: ${value.message} (${path})`);
      return value;
    };
    try {
      const { sessionId } = await started(() =>
        call(
          'POST',
          '',
          {
            capabilities: {
              alwaysMatch: {
                'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] },
                timeouts: { script: PATIENCE, pageLoad: PATIENCE },
              },
            },
          },
          AbortSignal.timeout(PATIENCE),
        ),
      );
      return { driver, call, session: `/${sessionId}` };
    } catch (error) {
      driver.kill();
      drivers.delete(driver);
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** The browser lies in a folder that the architecture and the version name. */
function miniBrowser() {
  for (const library of readdirSync('/usr/lib').filter((name) => name.endsWith('-linux-gnu'))) {
    for (const folder of readdirSync(`/usr/lib/${library}`)
      .filter((name) => name.startsWith('webkit2gtk-'))
      .sort()
      .reverse()) {
      if (readdirSync(`/usr/lib/${library}/${folder}`).includes('MiniBrowser'))
        return `/usr/lib/${library}/${folder}/MiniBrowser`;
    }
  }
  throw new Error('there is no WebKit here: apt-get install webkit2gtk-driver xvfb');
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * The driver takes a moment to listen.
 * @template T
 * @param {() => Promise<T>} attempt
 * @returns {Promise<T>}
 */
async function started(attempt) {
  for (const end = Date.now() + PATIENCE; ; ) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end || !(error instanceof TypeError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
