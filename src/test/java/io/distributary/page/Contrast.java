package io.distributary.page;

import java.util.ArrayList;
import java.util.List;

/** Texts of a page that are hard to read: less than 4.5 to 1 against what is behind them (WCAG 2.2, 1.4.3). */
final class Contrast {
    private static final String TOO_LOW = """
        (() => {
          const rgba = colour => { const n = colour.match(/[\\d.]+/g).map(Number); return [n[0], n[1], n[2], n[3] ?? 1]; };
          const part = c => c / 255 <= .04045 ? c / 255 / 12.92 : ((c / 255 + .055) / 1.055) ** 2.4;
          const light = c => .2126 * part(c[0]) + .7152 * part(c[1]) + .0722 * part(c[2]);
          const behind = node => {
            const box = node.closest('g.node')?.querySelector('rect');
            if (box) return rgba(getComputedStyle(box).fill);
            for (let at = node; at; at = at.parentElement) {
              const colour = rgba(getComputedStyle(at).backgroundColor);
              if (colour[3] === 1) return colour;
            }
            return [255, 255, 255, 1];
          };
          return [...document.querySelectorAll('body *')].filter(node => node.checkVisibility() && !node.matches('.skip, noscript')
              && [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim() !== '')).map(node => {
            const front = rgba(node instanceof SVGElement ? getComputedStyle(node).fill : getComputedStyle(node).color);
            const [a, b] = [light(front), light(behind(node))];
            return [node, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)];
          }).filter(pair => pair[1] < 4.5).map(pair => `${pair[1].toFixed(2)} ${pair[0].tagName} ${pair[0].textContent.slice(0, 40)}`);
        })()""";

    private Contrast() {
    }

    /** The ratio, element and text of each. */
    static List<String> tooLow(Tab tab) {
        List<String> low = new ArrayList<>();
        tab.evaluate(TOO_LOW).forEach(text -> low.add(text.asText()));
        return low;
    }
}
