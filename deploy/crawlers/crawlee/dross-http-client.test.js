import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { DrossHttpClient, DrossRejectedError, DrossUnavailableError } from './dross-http-client.js';

/** Serves until the test ends; returns the address and the count of requests. */
async function serve(t, handle) {
    const state = { asked: 0 };
    const server = createServer((req, res) => {
        state.asked++;
        req.resume().on('end', () => handle(res, state.asked));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.closeAllConnections() ?? server.close());
    state.url = `http://127.0.0.1:${server.address().port}`;
    return state;
}

const site = (t, type = 'text/html') =>
    serve(t, (res) => res.writeHead(200, { 'content-type': type }).end('as it came'));

/** Answers as dross does, with the statuses given, the last one again and again. */
const dross = (t, verdict, ...statuses) =>
    serve(t, (res, n) => {
        const status = statuses[Math.min(n, statuses.length) - 1];
        res.writeHead(status, { 'dross-verdict': verdict, 'retry-after': '1' }).end(status === 200 ? 'what is left' : undefined);
    });

async function get(url, options) {
    const response = await new DrossHttpClient({ retries: 0, ...options }).stream({ url });
    const chunks = [];
    for await (const chunk of response.stream) chunks.push(chunk);
    return { body: Buffer.concat(chunks).toString(), headers: response.headers, statusCode: response.statusCode };
}

test('a stripped page is replaced', async (t) => {
    const filter = await dross(t, 'stripped', 200);
    const got = await get((await site(t)).url, { url: filter.url });
    assert.deepEqual([got.body, got.statusCode, filter.asked], ['what is left', 200, 1]);
});

test('a clean page stays', async (t) => {
    const filter = await dross(t, 'clean', 204);
    assert.equal((await get((await site(t)).url, { url: filter.url })).body, 'as it came');
});

test('a rejected page fails', async (t) => {
    const filter = await dross(t, 'rejected', 200);
    await assert.rejects(get((await site(t)).url, { url: filter.url, onFailure: 'fail_open' }), DrossRejectedError);
});

test('what is no page is not sent', async (t) => {
    const filter = await dross(t, 'stripped', 200);
    const got = await get((await site(t, 'image/png')).url, { url: filter.url });
    assert.deepEqual([got.body, filter.asked], ['as it came', 0]);
});

for (const [name, statuses] of [['busy', [503]], ['refusing', [415]], ['faulty', [500]]]) {
    test(`${name}: the choice is followed`, async (t) => {
        const page = (await site(t)).url;
        const filter = await dross(t, '', ...statuses);
        await assert.rejects(get(page, { url: filter.url }), DrossUnavailableError);
        const got = await get(page, { url: filter.url, onFailure: 'fail_open' });
        assert.deepEqual([got.body, got.headers['dross-unfiltered']], ['as it came', '1']);
    });
}

test('down: the choice is followed', async (t) => {
    const page = (await site(t)).url;
    const options = { url: 'http://127.0.0.1:1', retries: 1 };
    await assert.rejects(get(page, options), DrossUnavailableError);
    assert.equal((await get(page, { ...options, onFailure: 'fail_open' })).body, 'as it came');
});

test('busy once: it is asked again, after the wait', async (t) => {
    const filter = await dross(t, 'stripped', 503, 200);
    const begin = Date.now();
    const got = await get((await site(t)).url, { url: filter.url, retries: 2 });
    assert.deepEqual([got.body, filter.asked, Date.now() - begin >= 1000], ['what is left', 2, true]);
});

test('refused: it is not asked again', async (t) => {
    const filter = await dross(t, '', 415);
    await assert.rejects(get((await site(t)).url, { url: filter.url, retries: 3 }), DrossUnavailableError);
    assert.equal(filter.asked, 1);
});

test('an unknown choice is a fault', () => {
    assert.throws(() => new DrossHttpClient({ onFailure: 'fail_ajar' }), TypeError);
});
