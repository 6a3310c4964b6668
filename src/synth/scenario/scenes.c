/* scenes.c: the table of scenarios. */
#include "synth/scenario/scene.h"

static const tsl__scene *const scenes[] = {&tsl__scene_company,      &tsl__scene_ecommerce, &tsl__scene_bank,
                                           &tsl__scene_five_tiers,   &tsl__scene_insurer,   &tsl__scene_it_firm,
                                           &tsl__scene_manufacturer, &tsl__scene_retailer,  &tsl__scene_education,
                                           &tsl__scene_travel,       &tsl__scene_finance,   &tsl__scene_noise};

const tsl__scene *tsl__scene_get(size_t index)
{
    return index < sizeof scenes / sizeof *scenes ? scenes[index] : NULL;
}
