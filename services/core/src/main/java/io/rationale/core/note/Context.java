package io.rationale.core.note;

/**
 * A passage that the RAG system gave to its generator.
 *
 * @param id    the passage's id in the RAG system, or null
 * @param rank  its place after ranking, from 1, or null
 * @param score the retriever's or reranker's score in its own scale; null when there is none or no
 *              finite one, for which JSON has no number
 * @param text  the passage
 */
public record Context(String id, Integer rank, Double score, String text) {
    public Context {
        score = score == null || !Double.isFinite(score) ? null : score;
        text = text == null ? "" : text;
    }
}
