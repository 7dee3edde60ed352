-- For pandoc and Quarto: an image without a description gets the one that `provmap --alt-text` wrote beside
-- it: map.svg, or map.pdf, that of map.txt.
function Image(image)
  local file = #image.caption == 0 and io.open((image.src:gsub("%.%w+$", ".txt")))
  if not file then return end
  local words = file:read("a"):gsub("%s+$", ""):gsub("\n", ". ")
  file:close()
  image.caption = { pandoc.Str(words) }
  return image
end
