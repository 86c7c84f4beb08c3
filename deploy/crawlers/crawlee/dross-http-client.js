/**
 * An HTTP client for Crawlee's CheerioCrawler and HttpCrawler: it fetches with the
 * client it is given and hands on what dross leaves of each page.
 *
 *     new CheerioCrawler({ httpClient: new DrossHttpClient({ url: 'http://127.0.0.1:8866' }), ... })
 */
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { GotScrapingHttpClient, NonRetryableError } from '@crawlee/core';

export const FAIL_OPEN = 'fail_open';
export const FAIL_CLOSED = 'fail_closed';

const PAGE_TYPES = new Set(['', 'text/html', 'application/xhtml+xml', 'text/plain', 'text/markdown']);
const BUSY = new Set([429, 503]);
const LONGEST_WAIT = 10_000;

/** The page is wholly spam: the request fails and is not tried again. */
export class DrossRejectedError extends NonRetryableError {}

/** The page could not be filtered and onFailure is fail_closed; Crawlee tries again as for any failure. */
export class DrossUnavailableError extends Error {}

export class DrossHttpClient {
    /**
     * @param {object} options
     * @param {string} [options.url] where dross listens
     * @param {'fail_open'|'fail_closed'} [options.onFailure] what becomes of a page that could not be filtered:
     *   handed on as it came with the header dross-unfiltered, or the request fails (the default)
     * @param {number} [options.timeoutMillis] for one attempt
     * @param {number} [options.retries] attempts after the first, while dross is away or busy
     * @param {object} [options.client] what fetches; Crawlee's own by default
     */
    constructor({ url = 'http://127.0.0.1:8866', onFailure = FAIL_CLOSED, timeoutMillis = 10_000, retries = 3, client = new GotScrapingHttpClient() } = {}) {
        if (onFailure !== FAIL_OPEN && onFailure !== FAIL_CLOSED) throw new TypeError(`onFailure is ${onFailure}, not ${FAIL_OPEN} or ${FAIL_CLOSED}`);
        Object.assign(this, { endpoint: new URL('/v1/filter', url), onFailure, timeoutMillis, retries, client });
    }

    /** Requests that handlers make by hand are not filtered. */
    sendRequest(request) {
        return this.client.sendRequest(request);
    }

    /** Fetches a page; what is streamed is the filtered body. */
    async stream(request, onRedirect) {
        const response = await this.client.stream(request, onRedirect);
        if (!isPage(response.headers['content-type'])) return response;
        const chunks = [];
        for await (const chunk of response.stream) chunks.push(chunk);
        const { body, headers } = await this.#filter(Buffer.concat(chunks), response.headers);
        return {
            request: response.request,
            redirectUrls: response.redirectUrls,
            url: response.url,
            ip: response.ip,
            statusCode: response.statusCode,
            statusMessage: response.statusMessage,
            trailers: response.trailers ?? {},
            downloadProgress: response.downloadProgress,
            uploadProgress: response.uploadProgress,
            complete: true,
            headers,
            stream: Readable.from([body], { objectMode: false }),
        };
    }

    async #filter(page, headers) {
        if (page.length === 0) return { body: page, headers };
        let answer;
        try {
            answer = await this.#ask(page, headers['content-type']);
        } catch (error) {
            if (this.onFailure === FAIL_CLOSED || !(error instanceof DrossUnavailableError)) throw error;
            return { body: page, headers: { ...headers, 'dross-unfiltered': '1' } };
        }
        if (answer.verdict === 'rejected') throw new DrossRejectedError('the page is wholly spam');
        return answer.verdict === 'stripped' ? { body: answer.body, headers: { ...headers, 'dross-verdict': 'stripped' } } : { body: page, headers };
    }

    /** Asks dross, again while it is away or busy. */
    async #ask(page, contentType) {
        for (let attempt = 0; ; attempt++) {
            let wait = 200 * 2 ** attempt;
            let failure;
            try {
                const response = await this.#post(page, contentType);
                const body = Buffer.from(await response.arrayBuffer());
                if (response.ok) return { verdict: response.headers.get('dross-verdict'), body };
                failure = new DrossUnavailableError(`dross answers ${response.status}`);
                if (!BUSY.has(response.status)) throw failure;
                wait = Number(response.headers.get('retry-after')) * 1000 || wait;
            } catch (error) {
                if (error instanceof DrossUnavailableError) throw error;
                failure = new DrossUnavailableError('dross is not reached', { cause: error });
            }
            if (attempt >= this.retries) throw failure;
            await sleep(Math.min(wait, LONGEST_WAIT));
        }
    }

    #post(page, contentType) {
        const headers = { prefer: 'return=minimal' };
        if (contentType) headers['content-type'] = contentType;
        return fetch(this.endpoint, { method: 'POST', headers, body: page, signal: AbortSignal.timeout(this.timeoutMillis) });
    }
}

/** Reports whether dross judges the type; without one it finds out itself. */
function isPage(contentType = '') {
    return PAGE_TYPES.has(contentType.split(';')[0].trim().toLowerCase());
}
