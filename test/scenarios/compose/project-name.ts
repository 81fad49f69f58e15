/** Apart from the twin of whoever works here: what the tests leave is removed with all its volumes. */
export const projectName = 'tandem-test';
