/** Says of pages that belong to no version of the documents that they belong to any. */

import Original from '@theme-init/SearchMetadata';
import React from 'react';

export default function SearchMetadata(props) {
  return <Original {...props} version={props.version ?? 'any'} />;
}
