# model.h5 holds what three rooms made: what their tests share, for the test of the whole.
set(here ${CMAKE_CURRENT_LIST_DIR})
target_sources(label_test_segmentation PRIVATE ${here}/../feature/recipe_sample.c ${here}/../store/damage.c
  ${here}/../store/scratch.c)
