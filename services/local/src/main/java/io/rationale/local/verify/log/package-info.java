/** Logs of records, wherever they are: in a data directory's files, or at a cluster. Reads only. */
package io.rationale.local.verify.log;
