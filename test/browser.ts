import chromiumBinary from '@sparticuz/chromium';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

/**
 * The browser that comes inside an npm package, so that browser tests need nothing installed. The switches keep it
 * from talking to the network by itself and let it run without a sandbox of its own, as in a container.
 */
const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless browser; the caller closes it. Takes a few seconds the first time, when the binary unpacks. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumBinary.executablePath(),
    args: [...chromiumBinary.args.filter((one) => !KEPT_OUT.has(one)), ...SWITCHES],
  });
}

/**
 * The package's own switches that suit a short-lived function and not a test run: one process for everything ends
 * the whole browser when a page crashes, and web security is part of what is tested.
 */
const KEPT_OUT = new Set(['--single-process', '--disable-web-security', '--allow-running-insecure-content']);

/** Opens a context: English, UTC, 1280 by 800, nothing moving, unless told otherwise. */
export function openContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 800 },
    ...options,
  });
}

export interface OpenedPage {
  page: Page;
  /** Errors that the page threw or logged; a test expects none. */
  errors: string[];
}

/** Opens an address in a new page. */
export async function openPage(context: BrowserContext, address: string): Promise<OpenedPage> {
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(address);
  return { page, errors };
}
