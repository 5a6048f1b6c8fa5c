import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openBrowser, openContext, openPage } from '#test/browser.ts';
import { type FixtureServer, startFixture } from './fixture-server.ts';

export interface Visit {
  page: Page;
  server: FixtureServer;
}

export interface VisitOptions extends BrowserContextOptions {
  /** What stands after the `#` of the address. */
  hash?: string;
  files?: Record<string, string>;
}

export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** A browser and a server for one test file; the pages of its tests share a context, and so what they loaded. */
interface Stage {
  browser: Browser;
  context: BrowserContext;
  server: FixtureServer;
}

async function raise(options: BrowserContextOptions = {}): Promise<Stage> {
  const browser = await openBrowser();
  return { browser, context: await openContext(browser, options), server: await startFixture() };
}

async function strike(stage: Stage | undefined): Promise<void> {
  await stage?.browser.close();
  await stage?.server.close();
}

async function load(stage: Stage, context: BrowserContext, state: unknown, options: VisitOptions) {
  const { hash = '', files = {} } = options;
  const { server } = stage;
  server.reset(state, files);
  const { page, errors } = await openPage(context, `${server.address}${hash && `#${hash}`}`);
  await server.followed();
  await page.locator('nav').waitFor({ state: 'attached' });
  return { page, errors };
}

/**
 * A browser for a test file. Answers a function that opens the page on a state, following its events; after each
 * test the page is closed, and one that logged an error fails the test.
 */
export function useBrowser(): (state: unknown, options?: VisitOptions) => Promise<Visit> {
  let stage: Stage | undefined;
  let closing: (() => Promise<string[]>)[] = [];
  beforeAll(async () => {
    stage = await raise();
  });
  afterEach(async () => {
    const errors = await Promise.all(closing.map((close) => close()));
    closing = [];
    expect(errors.flat()).toEqual([]);
  });
  afterAll(() => strike(stage));
  return async (state, options = {}) => {
    if (stage === undefined) throw new Error('the browser has not started');
    const { hash: _hash, files: _files, ...own } = options;
    const isOwn = Object.keys(own).length > 0;
    const context = isOwn ? await openContext(stage.browser, own) : stage.context;
    const { page, errors } = await load(stage, context, state, options);
    closing.push(async () => {
      await (isOwn ? context.close() : page.close());
      return errors;
    });
    return { page, server: stage.server };
  };
}

/** One page for all tests of a file that only look at it. */
export function useOnePage(state: unknown, options: BrowserContextOptions = {}): () => Page {
  let stage: Stage | undefined;
  let opened: { page: Page; errors: string[] } | undefined;
  beforeAll(async () => {
    stage = await raise(options);
    opened = await load(stage, stage.context, state, {});
  });
  afterAll(async () => {
    await strike(stage);
    expect(opened?.errors).toEqual([]);
  });
  return () => {
    if (opened === undefined) throw new Error('the page has not been opened');
    return opened.page;
  };
}
