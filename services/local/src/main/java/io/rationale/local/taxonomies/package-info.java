/** Taxonomies as the command line finds them: in files, in a data directory, at a console. */
package io.rationale.local.taxonomies;
