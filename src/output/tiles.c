#include "output/tiles.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

static size_t count_of(const struct pm_tiles *tiles)
{
    return (size_t)tiles->rows * (size_t)tiles->columns;
}

void pm_tiles_make(struct pm_tiles *tiles, int width, int height)
{
    *tiles = (struct pm_tiles){.width = width,
                               .columns = (width + PM_TILE_SIDE - 1) / PM_TILE_SIDE,
                               .rows = (height + PM_TILE_SIDE - 1) / PM_TILE_SIDE};
    tiles->marked = pm_xcalloc(count_of(tiles), sizeof *tiles->marked);
    tiles->spans = pm_xcalloc(count_of(tiles), sizeof *tiles->spans);
    tiles->counts = pm_xcalloc((size_t)tiles->rows, sizeof *tiles->counts);
}

void pm_tiles_finish(struct pm_tiles *tiles)
{
    free(tiles->marked);
    free(tiles->spans);
    free(tiles->counts);
    *tiles = (struct pm_tiles){0};
}

void pm_tiles_clear(struct pm_tiles *tiles)
{
    memset(tiles->marked, 0, count_of(tiles));
}

void pm_tiles_mark_all(struct pm_tiles *tiles)
{
    memset(tiles->marked, 1, count_of(tiles));
}

static uint8_t *tile_at(const struct pm_tiles *tiles, int y, int x)
{
    return tiles->marked + (ptrdiff_t)(y / PM_TILE_SIDE) * tiles->columns + x / PM_TILE_SIDE;
}

void pm_tiles_mark(struct pm_tiles *tiles, int y, int x0, int x1)
{
    uint8_t *first = tile_at(tiles, y, x0), *last = tile_at(tiles, y, x1 - 1);
    memset(first, 1, (size_t)(last - first) + 1);
}

bool pm_tiles_any(const struct pm_tiles *tiles, int y, int x0, int x1)
{
    const uint8_t *first = tile_at(tiles, y, x0), *last = tile_at(tiles, y, x1 - 1);
    return memchr(first, 1, (size_t)(last - first) + 1) != NULL;
}

void pm_tiles_join(struct pm_tiles *tiles)
{
    for (int row = 0; row < tiles->rows; row++) {
        const uint8_t *marked = tiles->marked + (ptrdiff_t)row * tiles->columns;
        struct pm_tile_span *spans = tiles->spans + (ptrdiff_t)row * tiles->columns;
        int count = 0;
        for (int column = 0; column < tiles->columns; column++) {
            int x0 = column * PM_TILE_SIDE, x1 = x0 + PM_TILE_SIDE;
            if (!marked[column])
                continue;
            x1 = x1 < tiles->width ? x1 : tiles->width;
            if (count && spans[count - 1].x1 == x0)
                spans[count - 1].x1 = x1;
            else
                spans[count++] = (struct pm_tile_span){x0, x1};
        }
        tiles->counts[row] = count;
    }
}
