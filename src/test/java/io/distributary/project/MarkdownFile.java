package io.distributary.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a Markdown file claims: its links, its headings and its fenced blocks, each with its line. */
record MarkdownFile(Path path, List<Link> links, List<String> anchors, List<Block> blocks) {
    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*]\\(([^)\\s]+)[^)]*\\)");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?)#*\\s*");
    private static final Pattern FENCE = Pattern.compile("(\\s*)(```+|~~~+)\\s*(\\w*).*");

    record Link(int line, String target) {
    }

    /** @param line the line of the block's first line of text */
    record Block(int line, String language, String text) {
    }

    static MarkdownFile of(Path path) {
        return of(path, ProjectFiles.read(path));
    }

    static MarkdownFile of(Path path, String text) {
        var links = new ArrayList<Link>();
        var anchors = new ArrayList<String>();
        var blocks = new ArrayList<Block>();
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int first = i + 1;
                var content = new StringBuilder();
                for (i = first; i < lines.size() && !lines.get(i).strip().equals(fence.group(2)); i++) {
                    content.append(withoutIndent(lines.get(i), fence.group(1).length())).append('\n');
                }
                blocks.add(new Block(first + 1, fence.group(3), content.toString()));
                continue;
            }
            int line = i + 1;
            LINK.matcher(lines.get(i)).results().forEach(link -> links.add(new Link(line, link.group(1))));
            var heading = HEADING.matcher(lines.get(i));
            if (heading.matches()) {
                anchors.add(anchor(heading.group(1)));
            }
        }
        return new MarkdownFile(path, links, anchors, blocks);
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return heading.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
    }

    private static String withoutIndent(String line, int indent) {
        int strip = 0;
        while (strip < indent && strip < line.length() && line.charAt(strip) == ' ') {
            strip++;
        }
        return line.substring(strip);
    }
}
