/**
 * Follows every link of a site and stores its pages as dross leaves them.
 *
 *     node crawl.js --start http://localhost:8000/ --out pages --dross http://127.0.0.1:8866 --on-failure fail_closed
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { CheerioCrawler, Configuration, log } from '@crawlee/cheerio';
import { DrossHttpClient } from './dross-http-client.js';

const { values } = parseArgs({
    options: {
        start: { type: 'string' },
        out: { type: 'string' },
        dross: { type: 'string', default: 'http://127.0.0.1:8866' },
        'on-failure': { type: 'string', default: 'fail_closed' },
        retries: { type: 'string', default: '3' },
    },
});

log.setLevel(log.LEVELS.ERROR);

const crawler = new CheerioCrawler(
    {
        httpClient: new DrossHttpClient({ url: values.dross, onFailure: values['on-failure'], retries: Number(values.retries) }),
        maxConcurrency: 4,
        maxRequestRetries: 0, // the client itself tries again
        async requestHandler({ request, body, response, enqueueLinks }) {
            if (response.statusCode !== 200) return;
            const file = join(values.out, new URL(request.loadedUrl).pathname);
            await mkdir(dirname(file), { recursive: true });
            await writeFile(file, body); // Crawlee has turned it into UTF-8
            await enqueueLinks({ strategy: 'same-origin' });
        },
        failedRequestHandler({ request }, error) {
            console.error(`${request.url}: ${error.message}`);
        },
    },
    new Configuration({ persistStorage: false, availableMemoryRatio: 0.5 }),
);

await crawler.run([values.start]);
