/* Fills: accumulation of signed area. An edge changes the coverage of the pixels that it passes, and
 * of all to their right by its height; so each edge adds two numbers to a cell and its right
 * neighbour, and the running sum along a row is the coverage. No edge is ever sorted. Ideas: the cells
 * of LibArt and FreeType (R. Levien, D. Turner), accumulated in a buffer as in font-rs (R. Levien
 * 2016). Here sums are integers, so that what cancels does so exactly, and a bit for each cell says
 * where there is one: the time goes by the length of edges, not by the size of what they enclose.
 *
 * Strokes: a line with round joins and caps is all that lies within half its width of its middle. Each
 * segment lowers the distance of the pixels near it, and coverage follows from the distance alone, as
 * S. Gupta and R. Sproull (1981) do for single lines. Overlaps can't darken, as the lesser of two
 * distances is what counts; dense vertices cost nothing but time. */
#include "output/raster.h"

#include <math.h>
#include <string.h>

#include "base/banned.h"

enum {
    SHIFT = 16,
    FULL = 1 << SHIFT, /* a cell's height, and its coverage when full */
    WORD = 64,
};

#define FLATNESS 0.1 /* px between a curve and the lines in its place */

union cell {
    uint32_t change; /* of the coverage; signed, but thousands of windings may wrap around */
    float nearness;  /* reach² - distance², or 0 beyond the reach */
};

struct pm_raster {
    int width, height;
    int stride;         /* cells a row: one more than pixels for what leaves the last one */
    int rows;           /* of cells: a path is drawn in bands of so many, to stay in the cache */
    int x0, y0, x1, y1; /* clip */
    int band, band_end; /* rows of the page that the cells stand for: band <= y < band_end */
    union cell *cells;  /* all 0 between bands */
    uint64_t *touched;  /* a bit for each cell that is not 0; whole words a row */
    int words;          /* a row */
    int from_word, end_word; /* those that the path may touch */
    double reach;            /* of the stroke: px from its middle to where nothing is covered */
    uint8_t
        *mask; /* how much of each pixel a path covers, 0 between uses; NULL until it is needed */
};

static int least_whole(int a, int b)
{
    return a < b ? a : b;
}

struct pm_raster *pm_raster_new(int width, int height)
{
    enum { CELLS = 1 << 18, LEAST_ROWS = 16 };
    struct pm_raster *r = pm_xcalloc(1, sizeof *r);
    r->width = width;
    r->height = height;
    r->stride = width + 1;
    r->rows = least_whole(height, CELLS / r->stride + LEAST_ROWS);
    r->words = (r->stride + WORD - 1) / WORD;
    r->cells = pm_xcalloc((size_t)r->stride * (size_t)r->rows, sizeof *r->cells);
    r->touched = pm_xcalloc((size_t)r->words * (size_t)r->rows, sizeof *r->touched);
    pm_raster_clip(r, pm_box_of(0, 0, width, height));
    return r;
}

void pm_raster_free(struct pm_raster *r)
{
    if (!r)
        return;
    free(r->cells);
    free(r->touched);
    free(r->mask);
    free(r);
}

/* Unlike fmin and fmax these need no call: numbers here are never NaN. */
static inline double least(double a, double b)
{
    return a < b ? a : b;
}

static inline double most(double a, double b)
{
    return a > b ? a : b;
}

/* Rounded down, not below `from` or above `to`. */
static int whole_in(double v, int from, int to)
{
    return (int)most(from, least(to, v));
}

void pm_raster_clip(struct pm_raster *r, struct pm_box box)
{
    r->x0 = whole_in(box.x0 + 0.5, 0, r->width);
    r->y0 = whole_in(box.y0 + 0.5, 0, r->height);
    r->x1 = whole_in(box.x1 + 0.5, 0, r->width);
    r->y1 = whole_in(box.y1 + 0.5, 0, r->height);
}

struct pm_raster_area pm_raster_clipped(const struct pm_raster *r)
{
    return (struct pm_raster_area){r->width, r->height, r->x0, r->y0, r->x1, r->y1};
}

static union cell *cells_of_row(const struct pm_raster *r, int y)
{
    return r->cells + (ptrdiff_t)(y - r->band) * r->stride;
}

static uint64_t *touched_of_row(const struct pm_raster *r, int y)
{
    return r->touched + (ptrdiff_t)(y - r->band) * r->words;
}

/* ---- paths as segments ------------------------------------------------------------------------- */

typedef void segment_fn(struct pm_raster *r, struct pm_pt a, struct pm_pt b);

static struct pm_pt curve_at(const struct pm_pt *p, double t)
{
    double u = 1 - t, a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
    return (struct pm_pt){a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
                          a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y};
}

static double bend2(const struct pm_pt *p)
{
    double x = p[0].x - 2 * p[1].x + p[2].x, y = p[0].y - 2 * p[1].y + p[2].y;
    return x * x + y * y;
}

/* As many lines as keep within FLATNESS: their distance is at most 1/8 of the second derivative's
 * largest value over their number squared. */
static void each_line_of_curve(struct pm_raster *r, const struct pm_pt *p, segment_fn *segment)
{
    double bend = sqrt(most(bend2(p), bend2(p + 1)));
    int count = 1 + (int)least(500, sqrt(0.75 * bend / FLATNESS));
    struct pm_pt from = p[0];
    for (int i = 1; i <= count; i++) {
        struct pm_pt to = i == count ? p[3] : curve_at(p, (double)i / count);
        segment(r, from, to);
        from = to;
    }
}

static void each_segment(struct pm_raster *r, const struct pm_path *path, bool close,
                         segment_fn *segment)
{
    const struct pm_pt *p = path->points.v;
    struct pm_pt start = {0}, at = {0};
    for (size_t i = 0; i < path->ops.n; i++)
        switch ((enum pm_path_op)path->ops.v[i]) {
        case PM_MOVE:
            if (close)
                segment(r, at, start);
            start = at = *p++;
            break;
        case PM_LINE:
            segment(r, at, *p);
            at = *p++;
            break;
        case PM_CURVE: {
            const struct pm_pt curve[] = {at, p[0], p[1], p[2]};
            each_line_of_curve(r, curve, segment);
            at = p[2];
            p += 3;
            break;
        }
        case PM_CLOSE:
            segment(r, at, start);
            at = start;
            break;
        }
    if (close)
        segment(r, at, start);
}

/* ---- runs ---------------------------------------------------------------------------------------- */

/* Goes through the touched cells of a row, from left to right. */
struct walk {
    const struct pm_raster *raster;
    const uint64_t *row;
    int word;      /* that `bits` are of */
    uint64_t bits; /* not met yet */
};

static struct walk walk_of(const struct pm_raster *r, const uint64_t *row)
{
    return (struct walk){r, row, r->from_word, row[r->from_word]};
}

/* The next one; stride if there is none. */
static int next_touched(struct walk *walk)
{
    while (!walk->bits) {
        if (walk->word + 1 >= walk->raster->end_word)
            return walk->raster->stride;
        walk->bits = walk->row[++walk->word];
    }
    int x = walk->word * WORD + __builtin_ctzll(walk->bits);
    walk->bits &= walk->bits - 1;
    return x;
}

static void clear_touched(const struct pm_raster *r, uint64_t *row)
{
    memset(row + r->from_word, 0, (size_t)(r->end_word - r->from_word) * sizeof *row);
}

/* ---- bands --------------------------------------------------------------------------------------- */

/* Sets up the next band of the path; false if there is none. Before the first, band_end is the first
 * row. */
static bool next_band(struct pm_raster *r, int bottom)
{
    r->band = r->band_end;
    r->band_end = least_whole(r->band + r->rows, bottom);
    return r->band < bottom && r->x0 < r->x1;
}

/* Where the path begins and ends; control points bound a curve. Returns the first row. An edge changes the cell to its
 * right, too. */
static int bound(struct pm_raster *r, const struct pm_path *path, double reach, int *bottom)
{
    double top = r->y1, low = r->y0, left = r->x1, right = r->x0;
    for (size_t i = 0; i < path->points.n; i++) {
        struct pm_pt p = path->points.v[i];
        top = least(top, p.y);
        low = most(low, p.y);
        left = least(left, p.x);
        right = most(right, p.x);
    }
    r->from_word = whole_in(left - reach, r->x0, r->x1) / WORD;
    r->end_word = whole_in(right + reach + 2, r->x0, r->x1) / WORD + 1;
    *bottom = whole_in(low + reach + 1, r->y0, r->y1);
    return whole_in(top - reach, r->y0, r->y1);
}

/* ---- fills --------------------------------------------------------------------------------------- */

/* An edge of this height passes the cell at `share` (0..1) of its width, on average. */
static void add_cell(struct pm_raster *r, int y, int x, int32_t height, double share)
{
    union cell *cell = cells_of_row(r, y) + x;
    uint64_t *row = touched_of_row(r, y);
    int32_t next = (int32_t)(height * share);
    cell[0].change += (uint32_t)(height - next);
    cell[1].change += (uint32_t)next;
    row[x / WORD] |= UINT64_C(1) << x % WORD;
    row[(x + 1) / WORD] |= UINT64_C(1) << (x + 1) % WORD;
}

/* The part of an edge in a row, from xa to xb; its height is signed. What lies left of the clip counts
 * at its side; what lies right of it does not matter. */
static void add_row(struct pm_raster *r, int y, double xa, double xb, int32_t height)
{
    double left = least(xa, xb), right = most(xa, xb), x = most(left, r->x0);
    int32_t done = 0;
    if (left >= r->x1)
        return;
    if (right <= x) { /* outside, or upright */
        add_cell(r, y, (int)x, height, x - (int)x);
        return;
    }
    double rate = height / (right - left);
    if (x > left)
        add_cell(r, y, r->x0, done = (int32_t)((x - left) * rate), 0);
    for (int cell = (int)x; cell < r->x1; cell++) {
        bool last = cell + 1 >= right;
        double to = last ? right : cell + 1;
        int32_t upto = last ? height : (int32_t)((to - left) * rate);
        add_cell(r, y, cell, upto - done, (x + to) / 2 - cell);
        if (last)
            return;
        done = upto;
        x = to;
    }
}

static int64_t fixed(double v)
{
    return (int64_t)floor(most(-1e9, least(1e9, v)) * FULL + 0.5);
}

/* Always from its upper end, so that neighbours that run along it in two ways see the same edge. */
static void add_edge(struct pm_raster *r, struct pm_pt a, struct pm_pt b)
{
    int sign = a.y < b.y ? 1 : -1;
    if (sign < 0) {
        struct pm_pt p = a;
        a = b;
        b = p;
    }
    if (b.y < r->band || a.y > r->band_end)
        return;
    int64_t ya = fixed(a.y), yb = fixed(b.y), y0 = (int64_t)r->band * FULL;
    int64_t y1 = (int64_t)r->band_end * FULL, from = ya > y0 ? ya : y0, end = yb < y1 ? yb : y1;
    if (from >= end)
        return;
    double slope = (b.x - a.x) / (double)(yb - ya), x = a.x + slope * (double)(from - ya);
    while (from < end) {
        int64_t row_end = ((from >> SHIFT) + 1) << SHIFT, to = row_end < end ? row_end : end;
        double next = to == yb ? b.x : a.x + slope * (double)(to - ya);
        add_row(r, (int)(from >> SHIFT), x, next, sign * (int32_t)(to - from));
        from = to;
        x = next;
    }
}

/* Of a sum of signed areas. Even-odd: 0 full 0 full … as the sum grows. */
static unsigned coverage_of(uint32_t sum, enum pm_fill_rule rule)
{
    uint32_t size = sum > UINT32_MAX / 2 ? 0 - sum : sum;
    if (rule == PM_EVEN_ODD) {
        size &= 2 * FULL - 1;
        size = size > FULL ? 2 * FULL - size : size;
    }
    return size >= FULL ? 255 : (size * 255 + FULL / 2) >> SHIFT;
}

/* Between touched cells coverage stays the same. */
static void sweep_row(struct pm_raster *r, int y, enum pm_fill_rule rule, pm_run_fn *run,
                      void *user)
{
    uint64_t *row = touched_of_row(r, y);
    union cell *cells = cells_of_row(r, y);
    struct walk walk = walk_of(r, row);
    uint32_t sum = 0;
    for (int x = next_touched(&walk); x < r->x1;) {
        int next = next_touched(&walk), end = next < r->x1 ? next : r->x1;
        sum += cells[x].change;
        cells[x].change = 0;
        unsigned coverage = coverage_of(sum, rule);
        if (coverage)
            run(user, y, x, end, coverage);
        x = next;
    }
    cells[r->x1].change = 0;
    clear_touched(r, row);
}

void pm_raster_fill(struct pm_raster *r, const struct pm_path *path, enum pm_fill_rule rule,
                    pm_run_fn *run, void *user)
{
    int bottom;
    r->band_end = bound(r, path, 0, &bottom);
    while (next_band(r, bottom)) {
        each_segment(r, path, true, add_edge);
        for (int y = r->band; y < r->band_end; y++)
            sweep_row(r, y, rule, run, user);
    }
}

/* ---- strokes --------------------------------------------------------------------------------------- */

/* A pixel seen across a line is a trapezoid, wide as the pixel along the axes and pointed along the
 * diagonals. One in the middle serves all directions to 3 %. */
#define OUTER 0.65 /* half its base */
#define INNER 0.25 /* half its top */

/* Share of the pixel's weight below d, measured from its middle. */
static double weight_below(double d)
{
    const double height = 1 / (OUTER + INNER);
    double size = fabs(d), half;
    if (size >= OUTER)
        half = 0.5;
    else if (size <= INNER)
        half = size * height;
    else
        half = 0.5 - (OUTER - size) * (OUTER - size) * height / (2 * (OUTER - INNER));
    return d < 0 ? 0.5 - half : 0.5 + half;
}

static void touch_run(uint64_t *row, int x0, int x1)
{
    for (; x0 < x1; x0 = (x0 / WORD + 1) * WORD) {
        int end = (x0 / WORD + 1) * WORD;
        uint64_t bits = ~UINT64_C(0) << x0 % WORD;
        if (end > x1)
            bits &= ~(~UINT64_C(0) << (x1 - x0 / WORD * WORD));
        row[x0 / WORD] |= bits;
    }
}

/* A segment, from pixel centres' point of view: its start, its way, and 1 / length². */
struct segment {
    float x, y, dx, dy, scale;
    float reach2;
};

/* Written so that a compiler makes it four pixels at a time. */
static void come_near(union cell *cells, int x0, int x1, float y, struct segment s)
{
    float py = y - s.y, along_y = py * s.dy;
    for (int x = x0; x < x1; x++) {
        float px = (float)x - s.x, t = (px * s.dx + along_y) * s.scale;
        t = t > 0 ? t : 0;
        t = t < 1 ? t : 1;
        float ex = px - t * s.dx, ey = py - t * s.dy, n = s.reach2 - (ex * ex + ey * ey);
        cells[x].nearness = n > cells[x].nearness ? n : cells[x].nearness;
    }
}

/* How far from where a line crosses a row its reach may go: along the row across the line, and to the
 * row above or below along it. Endless for level lines. */
struct slant {
    double across, along;
};

/* Columns of a row in which the segment's reach may lie: around the part of it that passes within
 * reach of the row, and within reach of the line that it lies on. */
static void columns(const struct pm_raster *r, struct pm_pt a, struct pm_pt b, double y,
                    struct slant slant, int *x0, int *x1)
{
    double left = least(a.x, b.x), right = most(a.x, b.x), reach = r->reach;
    if (a.y != b.y) {
        double middle = a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x);
        left = most(most(left, middle - slant.along) - reach, middle - slant.across);
        right = least(least(right, middle + slant.along) + reach, middle + slant.across);
    } else {
        left -= reach;
        right += reach;
    }
    *x0 = whole_in(left + 0.5, r->x0, r->x1);
    *x1 = whole_in(right + 0.5, r->x0, r->x1);
}

static void add_segment(struct pm_raster *r, struct pm_pt a, struct pm_pt b)
{
    double reach = r->reach;
    int top = whole_in(least(a.y, b.y) - reach + 0.5, r->band, r->band_end);
    int bottom = whole_in(most(a.y, b.y) + reach + 0.5, r->band, r->band_end);
    if (top >= bottom)
        return;
    double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    struct segment s = {(float)(a.x - 0.5),
                        (float)(a.y - 0.5),
                        (float)dx,
                        (float)dy,
                        length2 > 0 ? (float)(1 / length2) : 0,
                        (float)(reach * reach)};
    struct slant slant = {0};
    if (dy != 0)
        slant = (struct slant){reach * sqrt(length2) / fabs(dy), reach * fabs(dx / dy)};
    for (int y = top; y < bottom; y++) {
        int x0, x1;
        columns(r, a, b, y + 0.5, slant, &x0, &x1);
        if (x0 >= x1)
            continue;
        come_near(cells_of_row(r, y), x0, x1, (float)y, s);
        touch_run(touched_of_row(r, y), x0, x1);
    }
}

static unsigned stroke_coverage(float nearness, double reach)
{
    double half = reach - OUTER, distance2 = reach * reach - (double)nearness, inner = half - OUTER;
    if (nearness <= 0)
        return 0;
    if (inner > 0 && distance2 <= inner * inner)
        return 255;
    double distance = sqrt(most(distance2, 0));
    return (unsigned)(255 * (weight_below(half - distance) - weight_below(-half - distance)) + 0.5);
}

static void sweep_stroke_row(struct pm_raster *r, int y, pm_run_fn *run, void *user)
{
    uint64_t *row = touched_of_row(r, y);
    union cell *cells = cells_of_row(r, y);
    struct walk walk = walk_of(r, row);
    int start = 0, end = 0; /* of a run */
    unsigned coverage = 0;
    for (int x = next_touched(&walk); x < r->x1; x = next_touched(&walk)) {
        unsigned here = stroke_coverage(cells[x].nearness, r->reach);
        cells[x].nearness = 0;
        if (here != coverage || x != end) {
            if (coverage)
                run(user, y, start, end, coverage);
            start = x;
            coverage = here;
        }
        end = x + 1;
    }
    if (coverage)
        run(user, y, start, end, coverage);
    clear_touched(r, row);
}

void pm_raster_stroke(struct pm_raster *r, const struct pm_path *path, double width, pm_run_fn *run,
                      void *user)
{
    int bottom;
    r->reach = width / 2 + OUTER;
    r->band_end = bound(r, path, r->reach, &bottom);
    while (next_band(r, bottom)) {
        each_segment(r, path, false, add_segment);
        for (int y = r->band; y < r->band_end; y++)
            sweep_stroke_row(r, y, run, user);
    }
}

/* ---- strokes within their path ----------------------------------------------------------------- */

static void mask_run(void *user, int y, int x0, int x1, unsigned coverage)
{
    struct pm_raster *r = user;
    memset(r->mask + (ptrdiff_t)y * r->width + x0, (int)coverage, (size_t)(x1 - x0));
}

static void unmask_run(void *user, int y, int x0, int x1, unsigned coverage)
{
    (void)coverage;
    mask_run(user, y, x0, x1, 0);
}

/* Who gets the runs of a stroke within the mask. */
struct inner {
    const struct pm_raster *raster;
    pm_run_fn *run;
    void *user;
};

static void inner_run(void *user, int y, int x0, int x1, unsigned coverage)
{
    const struct inner *inner = user;
    const uint8_t *mask = inner->raster->mask + (ptrdiff_t)y * inner->raster->width;
    for (int x = x0, end; x < x1; x = end) {
        for (end = x + 1; end < x1 && mask[end] == mask[x];)
            end++;
        unsigned share = (coverage * mask[x] + 127) / 255;
        if (share)
            inner->run(inner->user, y, x, end, share);
    }
}

void pm_raster_stroke_inner(struct pm_raster *r, const struct pm_path *path, double width,
                            pm_run_fn *run, void *user)
{
    struct inner inner = {r, run, user};
    if (!r->mask)
        r->mask = pm_xcalloc((size_t)r->width * (size_t)r->height, 1);
    pm_raster_fill(r, path, PM_EVEN_ODD, mask_run, r);
    pm_raster_stroke(r, path, width, inner_run, &inner);
    pm_raster_fill(r, path, PM_EVEN_ODD, unmask_run, r);
}
