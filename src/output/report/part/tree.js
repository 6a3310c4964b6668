/* tree.js: the tree of the rules as a picture: a question at each fork, yes to the left, and at each leaf the segment. */
'use strict';

function treePart() {
  return null;
}
