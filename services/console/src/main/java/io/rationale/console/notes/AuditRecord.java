package io.rationale.console.notes;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Bytes;

/**
 * An audit event where it stands.
 *
 * @param partition of the audit topic
 * @param offset    there
 * @param original  the record's value, unchanged
 * @param event     what it says
 */
public record AuditRecord(int partition, long offset, Bytes original, AuditEvent event) {}
