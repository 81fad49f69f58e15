import type { BlobRef, Content, Digest } from './content.ts';
import type { Outcome, RunEvent } from './events.ts';

/** What an event names outside itself: values and artefacts as they are, and roots of workspace trees. */
export interface NamedBlobs {
  readonly contents: readonly BlobRef[];
  readonly trees: readonly Digest[];
}

/** The blobs that an event names, in the order of its fields. What a tree holds is in the tree. */
export function namedBlobs(event: RunEvent): NamedBlobs {
  switch (event.type) {
    case 'run.created':
      return named([event.payload.input], event.payload.tree);
    case 'operation.requested':
      return named([event.payload.request]);
    case 'operation.completed': {
      const { record, outcome, tree, artifact } = event.payload;
      const artifacts = artifact ? [{ blob: artifact.blob, size: artifact.size }] : [];
      return named([...(record ? [record.request] : []), ...valueIn(outcome), ...artifacts], tree);
    }
    case 'operation.late':
      return named(valueIn(event.payload.outcome));
    case 'run.succeeded':
      return named([event.payload.output]);
    default:
      return none;
  }
}

const none: NamedBlobs = { contents: [], trees: [] };

function named(contents: readonly Content[], tree?: Digest | null): NamedBlobs {
  const blobs = contents.flatMap((content) => ('blob' in content ? [content] : []));
  return { contents: blobs, trees: typeof tree === 'string' ? [tree] : [] };
}

function valueIn(outcome: Outcome): readonly Content[] {
  return outcome.ok ? [outcome.value] : [];
}
