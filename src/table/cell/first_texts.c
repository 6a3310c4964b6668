/* first_texts.c: the first places of texts, joined in the order of the blocks. */
#include "table/cell/first_texts.h"

#include <string.h>

const tsl__mark_cells *tsl__first_texts_get(const tsl__first_texts *t, const char *text)
{
    char shown[sizeof t->cell->text];
    tsl__span_show(tsl__span_make(text), shown, sizeof shown);
    for (int i = 0; i < t->count; i++) {
        if (strcmp(t->cell[i].text, shown) == 0) {
            return &t->cell[i];
        }
    }
    return NULL;
}

static void add(tsl__first_texts *t, const tsl__mark_cells *cell)
{
    if (t->count < TSL__FIRST_TEXTS && !tsl__first_texts_get(t, cell->text)) {
        t->cell[t->count++] = *cell;
    }
}

void tsl__first_texts_add(tsl__first_texts *t, tsl__span text, const char *file, uint64_t line)
{
    tsl__mark_cells cell = {.file = file, .line = line};
    tsl__span_show(text, cell.text, sizeof cell.text);
    add(t, &cell);
}

void tsl__first_texts_join(tsl__first_texts *t, const tsl__first_texts *behind)
{
    for (int i = 0; i < behind->count; i++) {
        add(t, &behind->cell[i]);
    }
}
