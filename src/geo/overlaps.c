/* A scan as for filling (even-odd), all areas at once: at each border one area ends and another
 * begins; where more than one has begun, they overlap. */
#include "geo/overlaps.h"

#include <math.h>

#include "base/vec.h"
#include "base/banned.h"

#define NARROW 1.0 /* px */

/* Where a border meets a line. */
struct crossing {
    double x;
    const struct pm_arc *arc;
};

struct stretch {
    double from, to;
};

struct stretches {
    struct stretch *v;
    size_t n, cap;
};

struct scan {
    const struct pm_topology *topology;
    const struct pm_page_arcs *page;
    struct pm_box box;
    size_t rows;
    size_t *first; /* by row, of crossings; one more than rows */
    struct crossing *crossings;
    unsigned char *inside; /* by area */
};

static double height(const struct scan *s, size_t row)
{
    return s->box.y0 + ((double)row + 0.5) * PM_OVERLAP_STEP;
}

/* The first line that lies below y. */
static size_t row_below(const struct scan *s, double y)
{
    double row = floor((y - s->box.y0) / PM_OVERLAP_STEP - 0.5) + 1;
    return row < 0 ? 0 : row > (double)s->rows ? s->rows : (size_t)row;
}

typedef void visit(struct scan *s, size_t row, struct crossing crossing);

static void count(struct scan *s, size_t row, struct crossing crossing)
{
    (void)crossing;
    s->first[row + 2]++;
}

static void keep(struct scan *s, size_t row, struct crossing crossing)
{
    s->crossings[s->first[row + 1]++] = crossing;
}

static void visit_arc(struct scan *s, size_t index, visit *visitor)
{
    struct pm_range r = s->page->arcs[index];
    const struct pm_pt *p = s->page->points + r.first;
    size_t row = r.count ? row_below(s, p[0].y) : 0;
    for (size_t i = 1; i < r.count; i++) {
        size_t next = row_below(s, p[i].y);
        for (size_t k = row < next ? row : next; k < (row < next ? next : row); k++) {
            double t = (height(s, k) - p[i - 1].y) / (p[i].y - p[i - 1].y);
            visitor(s, k,
                    (struct crossing){p[i - 1].x + t * (p[i].x - p[i - 1].x),
                                      &s->topology->arcs[index]});
        }
        row = next;
    }
}

static void visit_all(struct scan *s, visit *visitor)
{
    for (size_t i = 0; i < s->topology->arc_count; i++)
        if (s->topology->arcs[i].faces[0] < s->topology->context_first)
            visit_arc(s, i, visitor);
}

static void find_crossings(struct scan *s)
{
    s->first = pm_xrealloc(NULL, s->rows + 2, sizeof *s->first);
    memset(s->first, 0, (s->rows + 2) * sizeof *s->first);
    visit_all(s, count);
    for (size_t i = 2; i < s->rows + 2; i++)
        s->first[i] += s->first[i - 1];
    s->crossings = pm_xrealloc(NULL, s->first[s->rows + 1], sizeof *s->crossings);
    visit_all(s, keep);
}

static int compare_crossings(const void *left, const void *right)
{
    const struct crossing *a = left, *b = right;
    int x = (a->x > b->x) - (a->x < b->x);
    return x ? x : (a->arc > b->arc) - (a->arc < b->arc);
}

/* How many more areas one is in after the border. */
static int cross_border(struct scan *s, const struct pm_arc *arc)
{
    int more = 0;
    for (int i = 0; i < 2; i++)
        if (arc->faces[i] < s->topology->context_first)
            more += (s->inside[arc->faces[i]] ^= 1) ? 1 : -1;
    return more;
}

static void find_stretches(struct scan *s, size_t row, struct stretches *out)
{
    struct crossing *c = s->crossings + s->first[row];
    size_t n = s->first[row + 1] - s->first[row];
    int depth = 0;
    out->n = 0;
    if (n)
        qsort(c, n, sizeof *c, compare_crossings);
    for (size_t i = 0; i < n; i++) {
        depth += cross_border(s, c[i].arc);
        if (depth > 1 && i + 1 < n && c[i + 1].x - c[i].x > NARROW)
            pm_vec_push(out,
                        (struct stretch){fmax(c[i].x, s->box.x0), fmin(c[i + 1].x, s->box.x1)});
    }
    for (size_t i = 0; i < n; i++) /* rings that are not whole must not count on other lines */
        for (int k = 0; k < 2; k++)
            if (c[i].arc->faces[k] < s->topology->context_first)
                s->inside[c[i].arc->faces[k]] = 0;
}

static bool meet(const struct stretches *above, const struct stretches *below, double *x)
{
    for (size_t i = 0; i < above->n; i++)
        for (size_t k = 0; k < below->n; k++) {
            double from = fmax(above->v[i].from, below->v[k].from);
            double to = fmin(above->v[i].to, below->v[k].to);
            *x = (from + to) / 2;
            if (to - from > NARROW)
                return true;
        }
    return false;
}

bool pm_page_overlap(const struct pm_topology *topology, const struct pm_page_arcs *page,
                     struct pm_box box, struct pm_pt *at)
{
    struct scan s = {.topology = topology, .page = page, .box = box};
    struct stretches above = {0}, below = {0};
    bool found = false;
    s.rows = (size_t)fmax(0, floor(pm_box_h(box) / PM_OVERLAP_STEP));
    s.inside = pm_xrealloc(NULL, topology->context_first, sizeof *s.inside);
    memset(s.inside, 0, topology->context_first * sizeof *s.inside);
    find_crossings(&s);
    for (size_t row = 0; row < s.rows && !found; row++) {
        find_stretches(&s, row, &below);
        found = meet(&above, &below, &at->x);
        at->y = height(&s, row);
        struct stretches swap = above;
        above = below;
        below = swap;
    }
    pm_vec_finish(&above);
    pm_vec_finish(&below);
    free(s.first);
    free(s.crossings);
    free(s.inside);
    return found;
}
