package dev.stabilitylab.lab.report;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link ReportWriter} did.
 *
 * @param files that were written, in order of importance
 * @param notes sentences for people on what could not be written, and why; empty when all went well
 */
public record WrittenReport(List<Path> files, List<String> notes) {}
