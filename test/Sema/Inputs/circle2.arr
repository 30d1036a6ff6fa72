import circle
value = 1
