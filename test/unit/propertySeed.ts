import { configureGlobal } from 'fast-check';

// `npm test` tries the same cases of a property each time, so that what fails is the change; `npm run test:long` tries
// others each time.
configureGlobal({ seed: 20_261_122 });
