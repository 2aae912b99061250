package main

func indiaTopics() register { return register{} }
