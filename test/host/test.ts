import { type Count, suites } from './suites.ts';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
	console.error(`There is no suite ${unknown.join(', ')}; there are ${suites.map(({ name }) => name).join(', ')}.`);
	process.exit(1);
}

let total: Count = { passed: 0, failed: 0 };
for (const suite of suites.filter(({ name }) => names.length === 0 || names.includes(name))) {
	console.log(`\n${suite.name} ...`);
	const began = performance.now();
	const count = await suite.run().catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		return { passed: 0, failed: 1 };
	});
	const seconds = ((performance.now() - began) / 1000).toFixed(1);
	console.log(`${suite.name}: ${count.passed} passed, ${count.failed} failed, ${seconds} s`);
	total = { passed: total.passed + count.passed, failed: total.failed + count.failed };
}
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
